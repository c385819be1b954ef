import type { Entry as Item } from '../app/entries.ts'
import type { Thread } from '../wire/protocol.ts'
import { Day } from '../app/Day.tsx'
import { me } from '../state/store.ts'
import { Incoming } from './Incoming.tsx'
import { Own, Unsent } from './Own.tsx'
import { part } from '../app/part.tsx'

const Turn = part(() => import('../app/Turn.tsx').then((it) => it.Turn))

export function Entry({ entry, thread }: { entry: Item; thread: Thread }) {
  switch (entry.kind) {
    case 'day':
      return <Day at={entry.at} />
    case 'message':
      return entry.message.sender === me.value?.id ? (
        <Own message={entry.message} thread={thread.id} />
      ) : (
        <Incoming message={entry.message} thread={thread} />
      )
    case 'waiting':
      return <Unsent waiting={entry.waiting} />
    default:
      return <Turn kind={entry.kind} member={entry.member} thread={thread} />
  }
}

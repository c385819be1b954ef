import { me } from '../state/store.ts'
import type { Message, Thread } from '../wire/protocol.ts'
import { spokenTo } from '../words/shown.ts'
import { nameIn } from './consents.ts'
import { Attached } from './media.tsx'
import { ownLanguage } from './written.ts'

/** What people said aloud of a message: in the language one reads, one that one speaks, or its own. Whoever reads little may know more by ear. */
export function SpokenBeside({ message, thread }: { message: Message; thread: Thread }) {
  const all = spokenTo(message, [ownLanguage(), message.language, ...(me.value?.speaks ?? [])])
  return <>{all.map(({ n, voice, author }) => voice && <Attached key={n} attachments={[voice]} from={nameIn(thread, author)} />)}</>
}

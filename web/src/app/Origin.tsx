import { useState } from 'preact/hooks'
import type { Message, Thread } from '../wire/protocol.ts'
import type { Shown } from '../words/shown.ts'
import { t } from '../words/words.ts'
import { fetched } from '../words/fetched.ts'
import { OriginMark } from './OriginMark.tsx'

const history = () => import('./History.tsx').then(({ History }) => History)

/** Where the words come from; a tap shows everything the message ever said, and who said it so. */
export function Origin({ shown, message, thread }: { shown: Shown; message: Message; thread: Thread }) {
  const [Open, setOpen] = useState<typeof import('./History.tsx').History | null>(null)
  if (!shown.origin) return null
  return (
    <>
      <button type="button" class="origin-b" aria-haspopup="dialog" title={t('history.open')} onClick={() => void fetched(history).then((found) => setOpen(() => found), () => undefined)}>
        <OriginMark shown={shown} thread={thread} />
      </button>
      {Open && <Open message={message} thread={thread} close={() => setOpen(null)} />}
    </>
  )
}

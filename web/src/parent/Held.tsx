import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Hourglass, Send } from '../pictures/icons.tsx'
import { letGo } from '../state/connection.ts'
import type { Message } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'

/** Under one's own message, where what a machine made of it waits for a person: it says so, and one can let it go as it is. */
export function Held({ message, thread }: { message: Message; thread: number }) {
  const [open, setOpen] = useState(false)
  const [fault, setFault] = useState('')

  return (
    <>
      <div class="foot held" role="status">
        <Hourglass />
        <span>{t('message.held')}</span>
      </div>
      <div class="acts flat">
        <button type="button" class="act" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Send />
          {t('message.letGo')}
        </button>
      </div>
      {open && (
        <Sheet title={t('message.letGo')} close={() => setOpen(false)}>
          {fault && <p class="fault" role="alert">{fault}</p>}
          <div class="btns">
            <p>{t('message.letGoNote')}</p>
            <button type="button" class="btn go" onClick={() => void letGo(thread, message.seq).then(() => setOpen(false), (error: unknown) => setFault(sayError(error)))}>
              <Send />
              {t('message.letGo')}
            </button>
          </div>
        </Sheet>
      )}
    </>
  )
}

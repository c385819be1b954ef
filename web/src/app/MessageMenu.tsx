import { useState } from 'preact/hooks'
import { Languages, Pencil, Undo, UserPlus } from '../pictures/icons.tsx'
import { correct, withdraw } from '../state/connection.ts'
import type { Message } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { shownTo } from '../words/shown.ts'
import { t } from '../words/words.ts'
import { Sheet } from './Sheet.tsx'

interface Props {
  message: Message
  thread: number
  close: () => void
  /** A translation by hand, for those who may. */
  more?: () => void
  /** Somebody comes in from this message on, for those who may. */
  bring?: () => void
  /** Straight to writing it again. */
  write?: boolean
}

/** What one can do with one's own message: write it again, or take it back. */
export function MessageMenu({ message, thread, close, more, bring, write = false }: Props) {
  const [writing, setWriting] = useState(write)
  const [text, setText] = useState(shownTo(message, message.language)?.body ?? '')
  const [fault, setFault] = useState('')

  async function run(work: Promise<unknown>) {
    try {
      await work
      close()
    } catch (error) {
      setFault(sayError(error))
    }
  }

  return (
    <Sheet title={t(writing ? 'message.correctTitle' : 'message.more')} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      {writing ? (
        <form
          class="btns"
          onSubmit={(event) => {
            event.preventDefault()
            void run(correct(thread, message.seq, text))
          }}
        >
          <textarea
            class="field"
            rows={4}
            dir="auto"
            lang={message.language}
            aria-label={t('message.correctTitle')}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <p class="fine">{t('message.correctNote')}</p>
          <button type="submit" class="btn go" disabled={!text.trim()}>{t('message.correctSend')}</button>
        </form>
      ) : (
        <div class="btns">
          <button type="button" class="btn" onClick={() => setWriting(true)}>
            <Pencil />
            {t('message.correct')}
          </button>
          {more && (
            <button type="button" class="btn" onClick={more}>
              <Languages />
              {t('staff.addVersion')}
            </button>
          )}
          {bring && (
            <button type="button" class="btn" onClick={bring}>
              <UserPlus />
              {t('staff.bringFrom')}
            </button>
          )}
          <button type="button" class="btn" onClick={() => void run(withdraw(thread, message.seq))}>
            <Undo />
            {t('message.withdraw')}
          </button>
          <p class="fine">{t('message.withdrawNote')}</p>
        </div>
      )}
    </Sheet>
  )
}

import { useRef, useState } from 'preact/hooks'
import { ownLanguage, typedDir } from '../app/written.ts'
import { Handshake, Lock } from '../pictures/icons.tsx'
import { writeNote } from '../state/connection.ts'
import { drafts, setDraft } from '../state/drafts.ts'
import { uuid7 } from '../state/uuid.ts'
import type { NoteLevel, Thread } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { readersOf } from './readers.ts'

const LEVELS = ['staff', 'care'] as const

/** Where a staff note is written. It looks like no message, names who will read it, and Enter does not send: it makes a line. */
export function NoteWriter({ thread }: { thread: Thread }) {
  const [level, setLevel] = useState<NoteLevel>('staff')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const id = useRef('')
  // A note's draft is kept beside the conversation's own, under the number on the other side of zero.
  const text = drafts.value[-thread.id] ?? ''
  const names = readersOf(thread, level).map(({ name }) => iso(name))

  function save() {
    if (busy || text.trim() === '') return
    setBusy(true)
    // The same id until it is known to be there: what went through unseen is not there twice.
    id.current ||= uuid7()
    writeNote({ thread: thread.id, client_id: id.current, level, body: text, language: ownLanguage() })
      .then(
        () => {
          id.current = ''
          setDraft(-thread.id, '')
          setFault('')
        },
        (error: unknown) => setFault(sayError(error)),
      )
      .finally(() => setBusy(false))
  }

  return (
    <form
      class={`nw ${level}`}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <fieldset class="nl">
        <legend class="visually-hidden">{t('notes.level')}</legend>
        {LEVELS.map((one) => (
          <label key={one} class={level === one ? 'on' : ''}>
            <input
              type="radio"
              class="visually-hidden"
              name="level"
              checked={level === one}
              onChange={() => {
                setLevel(one)
                id.current = ''
              }}
            />
            {one === 'care' ? <Handshake /> : <Lock />}
            {t(`notes.level.${one}`)}
          </label>
        ))}
      </fieldset>
      <textarea
        rows={3}
        dir={typedDir(text)}
        value={text}
        placeholder={t(`notes.placeholder.${level}`)}
        aria-label={t(`notes.placeholder.${level}`)}
        onInput={(event) => {
          setDraft(-thread.id, event.currentTarget.value)
          id.current = ''
        }}
      />
      <p class="nr">{names.length > 0 ? t('notes.readers', { names: names.join(t('comma') + ' ') }) : t('notes.onlyYou')}</p>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <button type="submit" class="ns" disabled={busy || text.trim() === ''}>
        <Lock />
        {t('notes.save')}
      </button>
    </form>
  )
}

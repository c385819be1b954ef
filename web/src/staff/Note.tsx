import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Text } from '../app/Text.tsx'
import { Handshake, Lock, More, Pencil, Undo } from '../pictures/icons.tsx'
import { changeNote, withdrawNote } from '../state/connection.ts'
import { me } from '../state/store.ts'
import type { Note as Told, Thread } from '../wire/protocol.ts'
import { full, short } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'
import { personIn } from './needs.ts'

/** One's own note: write it again, or take it back. */
function Menu({ note, thread, close }: { note: Told; thread: number; close: () => void }) {
  const [text, setText] = useState<string | null>(null)
  const [fault, setFault] = useState('')
  const run = (work: Promise<unknown>) => void work.then(close, (error: unknown) => setFault(sayError(error)))
  return (
    <Sheet title={t('notes.menu')} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      {text === null ? (
        <div class="btns">
          <button type="button" class="btn" onClick={() => setText(note.body ?? '')}>
            <Pencil />
            {t('notes.change')}
          </button>
          <button type="button" class="btn" onClick={() => run(withdrawNote(thread, note.id))}>
            <Undo />
            {t('notes.withdraw')}
          </button>
          <p class="fine">{t('notes.notKept')}</p>
        </div>
      ) : (
        <form
          class="btns"
          onSubmit={(event) => {
            event.preventDefault()
            run(changeNote(thread, note.id, text))
          }}
        >
          <textarea class="field" rows={5} dir="auto" lang={note.language} value={text} aria-label={t('notes.change')} onInput={(event) => setText(event.currentTarget.value)} />
          <p class="fine">{t('notes.notKept')}</p>
          <button type="submit" class="btn go" disabled={text.trim() === ''}>{t('notes.save')}</button>
        </form>
      )}
    </Sheet>
  )
}

/** A staff note. Never a bubble: it cannot be taken for a message. */
export function Note({ note, thread }: { note: Told; thread: Thread }) {
  const [open, setOpen] = useState(false)
  const own = note.author === me.value?.id
  const name = own ? t('staff.youUpper') : (personIn(thread, note.author)?.name ?? t('notes.someone'))
  const at = note.changed ?? note.made
  return (
    <article class={`note ${note.level}`}>
      <header>
        <b><bdi>{name}</bdi></b>
        <time dateTime={new Date(at).toISOString()} title={full(at)}>{note.changed === undefined ? short(at) : t('notes.changed', { when: short(at) })}</time>
        {own && note.body !== undefined && (
          <button type="button" class="dots" aria-haspopup="dialog" aria-label={t('notes.menu')} onClick={() => setOpen(true)}>
            <More />
          </button>
        )}
      </header>
      <p class="lv">{note.level === 'care' ? <Handshake /> : <Lock />}{t(`notes.only.${note.level}`)}</p>
      {note.body === undefined ? <p class="ng">{t('notes.withdrawn')}</p> : <Text body={note.body} language={note.language} direction={note.direction} />}
      {open && <Menu note={note} thread={thread.id} close={() => setOpen(false)} />}
    </article>
  )
}

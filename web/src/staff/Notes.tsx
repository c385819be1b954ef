import { useEffect, useRef } from 'preact/hooks'
import { Lock } from '../pictures/icons.tsx'
import type { Conversation } from '../state/apply.ts'
import { loadNotes, loadOlderNotes, readNotes } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { line } from '../state/store.ts'
import { iso, t } from '../words/words.ts'
import { Note } from './Note.tsx'
import { NoteWriter } from './NoteWriter.tsx'

/** The staff notes of a conversation, beside it: another colour, another form, and a lock, so that nobody takes it for the chat. */
export function Notes({ conversation }: { conversation: Conversation }) {
  const { thread, notes } = conversation
  const box = useRef<HTMLDivElement>(null)
  const newest = notes.items.at(-1)?.id ?? 0

  useEffect(() => {
    if (!notes.loaded && line.value === 'live') void loadNotes(thread.id)
  }, [thread.id, notes.loaded, line.value])

  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight
    if (newest > 0 && (thread.notes_unread ?? 0) > 0 && document.visibilityState === 'visible') void readNotes(thread.id, newest)
  }, [newest, thread.id, thread.notes_unread])

  return (
    <div class="notes">
      <h1>{t('notes.of', { name: iso(thread.pupil.given) })}</h1>
      <p class="nt">
        <span class="lockb"><Lock /></span>
        <span><b>{t('notes.only.staff')}</b>{t('notes.unseen')}</span>
      </p>
      <div class="nf" ref={box}>
        {notes.loaded && notes.older && (
          <button type="button" class="btn soft" onClick={() => void loadOlderNotes(thread.id)}>{t('notes.older')}</button>
        )}
        <div role="log" aria-label={t('notes.title')} aria-live="polite" aria-busy={!notes.loaded}>
          {notes.items.map((note) => <Note key={note.id} note={note} thread={thread} />)}
        </div>
        {notes.loaded && notes.items.length === 0 && <p class="fine">{t('notes.none')}</p>}
      </div>
      {may('note') && <NoteWriter thread={thread} />}
    </div>
  )
}

import { useEffect, useRef } from 'preact/hooks'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { Back, Lock, Users } from '../pictures/icons.tsx'
import type { Conversation } from '../state/apply.ts'
import { t } from '../words/words.ts'
import { FamilyPanel } from './FamilyPanel.tsx'
import { Notes } from './Notes.tsx'

export type SideView = 'family' | 'notes'

const VIEWS = ['family', 'notes'] as const

/** Beside the conversation: the family, or the staff notes of those who may read them. A page of its own where there is no room. */
export function Side({ conversation, view, setView, back }: { conversation: Conversation; view: SideView; setView: (view: SideView) => void; back: () => void }) {
  const { thread } = conversation
  const tabs = useRef<HTMLDivElement>(null)
  const notes = thread.notes !== undefined
  const shown = notes ? view : 'family'
  const fresh = thread.notes_unread ?? 0

  // The arrow keys go from tab to tab, as the pattern for tabs says; the page's own direction decides which is next.
  useEffect(() => {
    const element = tabs.current
    if (!element) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
      event.preventDefault()
      setView(shown === 'family' ? 'notes' : 'family')
      element.querySelector<HTMLElement>('[aria-selected="false"]')?.focus()
    }
    element.addEventListener('keydown', onKey)
    return () => element.removeEventListener('keydown', onKey)
  }, [shown, setView, notes])

  return (
    <section class={`pane fam side-${shown}`} aria-label={t(shown === 'notes' ? 'notes.title' : 'staff.family')}>
      <div class="side-top">
        <button type="button" class="iconb not-wide" aria-label={t('back')} onClick={back}><Back /></button>
        {notes && (
          <div class="seg" role="tablist" aria-label={t('staff.side')} ref={tabs}>
            {VIEWS.map((one) => (
              <button
                key={one}
                type="button"
                role="tab"
                id={`tab-${one}`}
                aria-controls="side-panel"
                aria-selected={shown === one}
                tabIndex={shown === one ? 0 : -1}
                class={shown === one ? `on to-${one}` : `to-${one}`}
                onClick={() => setView(one)}
              >
                {one === 'notes' ? <Lock /> : <Users />}
                {t(one === 'notes' ? 'notes.title' : 'staff.family')}
                {one === 'notes' && fresh > 0 && <span class="nb" aria-label={t('notes.unread', { count: fresh })}>{fresh}</span>}
              </button>
            ))}
          </div>
        )}
      </div>
      <div id="side-panel" class="side-body" {...(notes ? { role: 'tabpanel', 'aria-labelledby': `tab-${shown}` } : {})}>
        {shown === 'notes' ? <Notes conversation={conversation} /> : <FamilyPanel thread={thread} />}
        <div class="only-small btns"><LanguageButton /></div>
      </div>
    </section>
  )
}

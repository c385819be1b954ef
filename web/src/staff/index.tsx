import '../style/staff.css'
import '../style/notes.css'
import { useState } from 'preact/hooks'
import { useTitle } from '../app/useTitle.ts'
import { go, place } from '../app/route.ts'
import { conversations } from '../state/store.ts'
import { t } from '../words/words.ts'
import { List } from './List.tsx'
import { Side, type SideView } from './Side.tsx'
import { Talk } from './Talk.tsx'
import { useKeys } from './useKeys.ts'

/** List, conversation, family: side by side where there is room, one at a time where there is not. */
export function StaffApp() {
  const at = place.value
  const [side, setSide] = useState(false)
  const [view, setView] = useState<SideView>('family')
  const all = conversations.value
  const shown = at.at === 'thread' ? all.find(({ thread }) => thread.id === at.thread) : undefined
  useTitle(shown?.thread.pupil.name ?? '')
  useKeys(() => {
    if (side) setSide(false)
    else if (at.at === 'thread') go({ at: 'home' })
  })

  const show = (what: SideView) => {
    setView(what)
    setSide(true)
  }
  const pane = side && shown ? 'family' : shown ? 'talk' : 'list'
  return (
    <main class="three" data-pane={pane}>
      <List all={all} selected={shown?.thread.id ?? 0} />
      {shown ? (
        <Talk key={shown.thread.id} conversation={shown} show={show} />
      ) : (
        <div class="pane talk none">
          <p>{t('staff.choose')}</p>
        </div>
      )}
      {shown ? <Side key={shown.thread.id} conversation={shown} view={view} setView={setView} back={() => setSide(false)} /> : <div class="pane fam none" />}
    </main>
  )
}

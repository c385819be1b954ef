import '../style/staff.css'
import { useState } from 'preact/hooks'
import { useTitle } from '../app/useTitle.ts'
import { go, place } from '../app/route.ts'
import { conversations } from '../state/store.ts'
import { t } from '../words/words.ts'
import { FamilyPanel } from './FamilyPanel.tsx'
import { List } from './List.tsx'
import { Talk } from './Talk.tsx'
import { useKeys } from './useKeys.ts'

/** List, conversation, family: side by side where there is room, one at a time where there is not. */
export function StaffApp() {
  const at = place.value
  const [family, setFamily] = useState(false)
  const all = conversations.value
  const shown = at.at === 'thread' ? all.find(({ thread }) => thread.id === at.thread) : undefined
  useTitle(shown?.thread.pupil.name ?? '')
  useKeys(() => {
    if (family) setFamily(false)
    else if (at.at === 'thread') go({ at: 'home' })
  })

  const pane = family && shown ? 'family' : shown ? 'talk' : 'list'
  return (
    <main class="three" data-pane={pane}>
      <List all={all} selected={shown?.thread.id ?? 0} />
      {shown ? (
        <Talk key={shown.thread.id} conversation={shown} showFamily={() => setFamily(true)} />
      ) : (
        <div class="pane talk none">
          <p>{t('staff.choose')}</p>
        </div>
      )}
      {shown ? <FamilyPanel key={shown.thread.id} thread={shown.thread} back={() => setFamily(false)} /> : <div class="pane fam none" />}
    </main>
  )
}

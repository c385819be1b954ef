import { conversations } from '../state/store.ts'
import { place } from '../app/route.ts'
import { t } from '../words/words.ts'
import { Children } from './Children.tsx'
import { Talk } from './Talk.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { Mark } from '../pictures/mark.tsx'

/** One child: its conversation. More: faces and names first. */
export function ParentApp() {
  const at = place.value
  const all = conversations.value
  const only = all.length === 1 ? all[0] : undefined
  const chosen = at.at === 'thread' ? all.find(({ thread }) => thread.id === at.thread) : undefined
  const shown = chosen ?? only
  if (shown) return <Talk key={shown.thread.id} conversation={shown} alone={only !== undefined} />
  if (all.length > 0) return <Children all={all} />
  return (
    <main class="gate">
      <div class="gate-top">
        <LanguageButton />
      </div>
      <div class="gate-card">
        <Mark />
        <p>{t('parent.none')}</p>
      </div>
    </main>
  )
}

import { useEffect } from 'preact/hooks'
import { conversations } from '../state/store.ts'
import { place } from '../app/route.ts'
import { t } from '../words/words.ts'
import { part } from '../app/part.tsx'
import { Wait } from '../app/Wait.tsx'
import { Talk } from './Talk.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { Mark } from '../pictures/mark.tsx'

const Children = part(() => import('./Children.tsx').then((it) => it.Children), <Wait />)

/** One child: its conversation. More: faces and names first. */
export function ParentApp() {
  const at = place.value
  // Not needed for the first look, so it comes after it.
  useEffect(() => {
    let end = () => undefined as void
    let gone = false
    void import('../app/hearWords.ts').then(
      ({ hearWords }) => {
        if (!gone) end = hearWords()
      },
      () => undefined,
    )
    return () => {
      gone = true
      end()
    }
  }, [])
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

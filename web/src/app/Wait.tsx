import { Mark } from '../pictures/mark.tsx'
import { line } from '../state/store.ts'
import { t } from '../words/words.ts'
import { LanguageButton } from './LanguagePicker.tsx'

/** While there is nothing to show yet. */
export function Wait() {
  return (
    <main class="gate">
      <div class="gate-top">
        <LanguageButton />
      </div>
      <div class="gate-card" role="status">
        <Mark />
        <p>{t(line.value === 'offline' ? 'line.offline' : 'line.connecting')}</p>
      </div>
    </main>
  )
}

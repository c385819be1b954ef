import { Mark } from '../pictures/mark.tsx'
import { Key } from '../pictures/pictograms.tsx'
import { t } from '../words/words.ts'
import { LanguageButton } from './LanguagePicker.tsx'

export function SignedOut() {
  return (
    <main class="gate">
      <div class="gate-top">
        <LanguageButton />
      </div>
      <div class="gate-card">
        <Mark />
        <h1>{t('signedOut.title')}</h1>
        <span class="plate"><Key /></span>
        <p>{t('signedOut.text')}</p>
      </div>
    </main>
  )
}

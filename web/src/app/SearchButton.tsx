import { Search } from '../pictures/icons.tsx'
import { t } from '../words/words.ts'
import { go } from './route.ts'

/** To the screen of searching: a magnifier and its word. */
export function SearchButton() {
  return (
    <button type="button" class="lang" onClick={() => go({ at: 'search' })}>
      <Search />
      <span>{t('search.button')}</span>
    </button>
  )
}

import { useEffect, useRef } from 'preact/hooks'
import { Back, Search, X } from '../pictures/icons.tsx'
import { ask, query, type } from '../state/searching.ts'
import { t } from '../words/words.ts'
import { Hits } from './Hits.tsx'
import { LanguageButton } from './LanguagePicker.tsx'
import { OfflineBar } from './OfflineBar.tsx'
import { go } from './route.ts'
import { useTitle } from './useTitle.ts'
import { typedDir } from './written.ts'

/** Searching what was said, for a family: a field, and where the words stand. */
export function Searching() {
  const field = useRef<HTMLInputElement>(null)
  useTitle(t('search.button'))
  useEffect(() => {
    if (!query.value) field.current?.focus()
  }, [])
  return (
    <div class="phone">
      <header class="top has-back">
        <button type="button" class="back" aria-label={t('back')} onClick={() => go({ at: 'home' })}>
          <Back />
        </button>
        <form
          class="seek"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            field.current?.blur()
            void ask()
          }}
        >
          <Search />
          <input
            ref={field}
            type="text"
            enterkeyhint="search"
            maxLength={100}
            dir={typedDir(query.value)}
            value={query.value}
            placeholder={t('search.placeholder')}
            aria-label={t('search.placeholder')}
            onInput={(event) => type(event.currentTarget.value)}
          />
          {query.value && (
            <button
              type="button"
              class="clear"
              aria-label={t('search.clear')}
              onClick={() => {
                type('')
                field.current?.focus()
              }}
            >
              <X />
            </button>
          )}
        </form>
        <LanguageButton />
      </header>
      <OfflineBar />
      <main class="flow">
        <h1 class="visually-hidden">{t('search.button')}</h1>
        <Hits />
      </main>
    </div>
  )
}

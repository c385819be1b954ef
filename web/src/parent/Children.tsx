import { SearchButton } from '../app/SearchButton.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { useTitle } from '../app/useTitle.ts'
import { go } from '../app/route.ts'
import { Face } from '../pictures/faces.tsx'
import { Mark } from '../pictures/mark.tsx'
import type { Conversation } from '../state/apply.ts'
import { t } from '../words/words.ts'
import { OfflineBar } from '../app/OfflineBar.tsx'

/** Faces and names, nothing else: and a quiet dot where something is new. */
export function Children({ all }: { all: readonly Conversation[] }) {
  useTitle(t('parent.children'))
  return (
    <div class="phone">
      <header class="top">
        <span class="brand"><Mark /></span>
        <div class="top-t">
          <h1>{t('parent.children')}</h1>
        </div>
        <SearchButton />
        <LanguageButton />
      </header>
      <OfflineBar />
      <main class="flow">
        <ul class="kids">
          {all.map(({ thread }) => (
            <li key={thread.id}>
              <a
                class="kid"
                href={`/t/${thread.id}`}
                onClick={(event) => {
                  event.preventDefault()
                  go({ at: 'thread', thread: thread.id })
                }}
              >
                <Face id={thread.pupil.id} kind="pupil" size="l" />
                <span class="kid-t">
                  <b><bdi>{thread.pupil.given}</bdi></b>
                  {thread.pupil.class && <span><bdi>{thread.pupil.class.name}</bdi></span>}
                </span>
                {thread.unread > 0 && (
                  <span class="new">
                    <span class="visually-hidden">{t('parent.new', { count: thread.unread })}</span>
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </main>
    </div>
  )
}

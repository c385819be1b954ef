import { signal } from '@preact/signals'
import { Languages } from '../pictures/icons.tsx'
import { fetched } from '../words/fetched.ts'
import { language, t } from '../words/words.ts'
import { choose } from './language.ts'
import type { LanguageSheet } from './LanguageSheet.tsx'

/** The list, while it is open. It belongs to no screen: the one under it may be replaced by the next that comes in, and a tap would be lost. */
const list = signal<typeof LanguageSheet | null>(null)

/** The language by its own name, always there. The list of all is fetched when it is asked for. */
export function LanguageButton() {
  const now = language.value
  const open = () =>
    fetched(() => import('./LanguageSheet.tsx')).then(
      (part) => {
        list.value = part.LanguageSheet
      },
      () => undefined, // no line
    )
  return (
    <button type="button" class="lang" aria-haspopup="dialog" aria-label={t('language.button', { name: now.name })} onClick={() => void open()}>
      <Languages />
      <span lang={now.tag}>{now.short ?? now.name}</span>
    </button>
  )
}

/** The list of languages, above whatever screen is there. */
export function LanguageList() {
  const List = list.value
  const close = () => {
    list.value = null
  }
  if (!List) return null
  return (
    <List
      title={t('language.title')}
      now={language.value.tag}
      reading
      close={close}
      pick={(tag) => {
        close()
        void choose(tag)
      }}
    />
  )
}

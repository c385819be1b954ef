import { useState } from 'preact/hooks'
import { Languages } from '../pictures/icons.tsx'
import { fetched } from '../words/fetched.ts'
import { language, t } from '../words/words.ts'
import { choose } from './language.ts'
import type { LanguageSheet } from './LanguageSheet.tsx'

/** The language by its own name, always there. The list of all is fetched when it is asked for. */
export function LanguageButton() {
  const [Open, setOpen] = useState<typeof LanguageSheet | null>(null)
  const now = language.value
  const open = () =>
    fetched(() => import('./LanguageSheet.tsx')).then(
      (part) => setOpen(() => part.LanguageSheet),
      () => undefined, // no line
    )
  return (
    <>
      <button type="button" class="lang" aria-haspopup="dialog" aria-label={t('language.button', { name: now.name })} onClick={() => void open()}>
        <Languages />
        <span lang={now.tag}>{now.name}</span>
      </button>
      {Open && (
        <Open
          title={t('language.title')}
          now={now.tag}
          reading
          close={() => setOpen(null)}
          pick={(tag) => {
            setOpen(null)
            void choose(tag)
          }}
        />
      )}
    </>
  )
}

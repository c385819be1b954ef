import { useState } from 'preact/hooks'
import { Languages, Check } from '../pictures/icons.tsx'
import { language, languages, t } from '../words/words.ts'
import { choose } from './language.ts'
import { Sheet } from './Sheet.tsx'

/** The language by its own name, always there. */
export function LanguageButton() {
  const [open, setOpen] = useState(false)
  const now = language.value
  return (
    <>
      <button type="button" class="lang" aria-haspopup="dialog" aria-label={t('language.button', { name: now.name })} onClick={() => setOpen(true)}>
        <Languages />
        <span>{now.name}</span>
      </button>
      {open && (
        <Sheet title={t('language.title')} close={() => setOpen(false)}>
          <ul class="langs">
            {languages.map((known) => (
              <li key={known.tag}>
                <button
                  type="button"
                  class={known.tag === now.tag ? 'pick on' : 'pick'}
                  aria-pressed={known.tag === now.tag}
                  onClick={() => {
                    setOpen(false)
                    void choose(known.tag)
                  }}
                >
                  <span class="d">
                    <b lang={known.tag} dir={known.dir}>{known.name}</b>
                    {known.checked === 'machine' && known.tag === now.tag && <span>{t('language.unchecked')}</span>}
                  </span>
                  {known.tag === now.tag && <Check />}
                </button>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </>
  )
}

import { useState } from 'preact/hooks'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { Sheet } from '../app/Sheet.tsx'
import { Face } from '../pictures/faces.tsx'
import { LogOut } from '../pictures/icons.tsx'
import { end } from '../state/connection.ts'
import { me } from '../state/store.ts'
import { t } from '../words/words.ts'

/** One's own face: language and signing out. */
export function Account() {
  const [open, setOpen] = useState(false)
  const who = me.value
  if (!who) return null
  return (
    <>
      <button type="button" class="iconb" aria-haspopup="dialog" aria-label={t('staff.account', { name: who.name })} onClick={() => setOpen(true)}>
        <Face id={who.id} kind="person" size="s" />
      </button>
      {open && (
        <Sheet title={who.name} close={() => setOpen(false)}>
          <div class="btns">
            <LanguageButton />
            <button type="button" class="btn" onClick={() => void end()}>
              <LogOut />
              {t('signOut')}
            </button>
          </div>
        </Sheet>
      )}
    </>
  )
}

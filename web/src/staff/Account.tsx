import { useState } from 'preact/hooks'
import { Lazy } from '../app/Lazy.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { Sheet } from '../app/Sheet.tsx'
import { Face } from '../pictures/faces.tsx'
import { LogOut } from '../pictures/icons.tsx'
import { end } from '../state/connection.ts'
import { me } from '../state/store.ts'
import { t } from '../words/words.ts'

const classes = () => import('../enter/Classes.tsx').then(({ Classes }) => Classes)
const sessions = () => import('../enter/Sessions.tsx').then(({ OwnSessions }) => OwnSessions)
const own = () => import('../door/Own.tsx').then(({ Own }) => Own)

/** One's own face: language, password and codes, signing out. */
export function Account() {
  const [open, setOpen] = useState(false)
  const [keys, setKeys] = useState(false)
  const who = me.value
  if (!who) return null
  const shut = () => {
    setOpen(false)
    setKeys(false)
  }
  return (
    <>
      <button type="button" class="iconb" aria-haspopup="dialog" aria-label={t('staff.account', { name: who.name })} onClick={() => setOpen(true)}>
        <Face id={who.id} kind="person" size="s" />
      </button>
      {open && (
        <Sheet title={keys ? t('credential.open') : who.name} close={shut}>
          {keys ? (
            <Lazy load={own} />
          ) : (
            <div class="btns">
              <LanguageButton />
              {who.role === 'mentor' && <Lazy load={classes} />}
              <Lazy load={sessions} />
              <button type="button" class="btn" onClick={() => setKeys(true)}>
                  {t('credential.open')}
              </button>
              <button type="button" class="btn" onClick={() => void end()}>
                <LogOut />
                {t('signOut')}
              </button>
            </div>
          )}
        </Sheet>
      )}
    </>
  )
}

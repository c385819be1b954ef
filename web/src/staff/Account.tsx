import { useState } from 'preact/hooks'
import { Lazy } from '../app/Lazy.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { Sheet } from '../app/Sheet.tsx'
import { Face } from '../pictures/faces.tsx'
import { BookOpen, Lock, LogOut, Mic } from '../pictures/icons.tsx'
import { end } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import { t } from '../words/words.ts'

const classes = () => import('../enter/Classes.tsx').then(({ Classes }) => Classes)
const sessions = () => import('../enter/Sessions.tsx').then(({ OwnSessions }) => OwnSessions)
const words = () => import('./Words.tsx').then(({ Words }) => Words)
const voices = () => import('../phrases/Voices.tsx').then(({ Voices }) => Voices)
const own = () => import('../door/Own.tsx').then(({ Own }) => Own)

/** The room that a part of the sheet takes, until it is there. */
const soon = <div class="soon" />

/** One's own face: language, password and codes, signing out. */
export function Account() {
  const [open, setOpen] = useState(false)
  const [keys, setKeys] = useState(false)
  const [school, setSchool] = useState(false)
  const [spoken, setSpoken] = useState(false)
  const who = me.value
  if (!who) return null
  const shut = () => {
    setOpen(false)
    setKeys(false)
    setSchool(false)
    setSpoken(false)
  }
  return (
    <>
      <button type="button" class="iconb" aria-haspopup="dialog" aria-label={t('staff.account', { name: who.name })} onClick={() => setOpen(true)}>
        <Face id={who.id} kind="person" size="s" />
      </button>
      {open && (
        <Sheet title={keys ? t('credential.open') : school ? t('staff.glossary.open') : spoken ? t('spoken.open') : who.name} close={shut}>
          {keys ? (
            <Lazy load={own} wait={soon} />
          ) : school ? (
            <Lazy load={words} wait={soon} />
          ) : spoken ? (
            <Lazy load={voices} wait={soon} />
          ) : (
            <div class="btns">
              <LanguageButton />
              {who.role === 'mentor' && <Lazy load={classes} wait={null} />}
              <Lazy load={sessions} wait={soon} />
              {may('glossary') && (
                <button type="button" class="btn" onClick={() => setSchool(true)}>
                  <BookOpen />
                  {t('staff.glossary.open')}
                </button>
              )}
              {may('recording_withdraw') && (
                <button type="button" class="btn" onClick={() => setSpoken(true)}>
                  <Mic />
                  {t('spoken.open')}
                </button>
              )}
              <button type="button" class="btn" onClick={() => setKeys(true)}>
                <Lock />
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

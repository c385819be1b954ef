import { useEffect, useState } from 'preact/hooks'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { Lazy } from '../app/Lazy.tsx'
import { go, place } from '../app/route.ts'
import { Wait } from '../app/Wait.tsx'
import { Mark } from '../pictures/mark.tsx'
import { Locked } from '../pictures/pictograms.tsx'
import { enterAs } from '../state/connection.ts'
import type { InvitationAsks } from '../wire/protocol.ts'
import { lookInvitation, openInvitation } from '../wire/session.ts'
import { sayError } from '../words/problem.ts'
import { allWords, iso, speak, t } from '../words/words.ts'
import { Pin } from './Pin.tsx'

/** An invitation was opened. Its secret leaves the address at once; what it asks is looked up without using it. */
export function Invited() {
  const [secret] = useState(() => (place.value.at === 'invited' ? place.value.secret : ''))
  const [asks, setAsks] = useState<InvitationAsks | null>(null)
  const [fault, setFault] = useState('')
  const [enrol] = useState(() => () => Promise.all([import('../door/Enrol.tsx'), allWords()]).then(([{ Enrol }]) => () => <Enrol secret={secret} />))

  useEffect(() => {
    history.replaceState(null, '', '/hi')
    lookInvitation(secret)
      .then(async (found) => {
        await speak(found.language)
        setAsks(found)
      })
      .catch((error: unknown) => setFault(sayError(error)))
  }, [])

  async function enter(pin: string) {
    await enterAs(openInvitation(secret, pin))
    go({ at: 'home' }, true)
  }

  if (!asks && !fault) return <Wait />
  return (
    <main class="gate">
      <div class="gate-top">
        <LanguageButton />
      </div>
      <div class="gate-card">
        <Mark />
        {asks ? (
          <>
            <h1>{t('invited.hello', { name: iso(asks.name) })}</h1>
            <p class="sub"><bdi>{asks.school.name}</bdi></p>
            {asks.proof === 'password' ? <Lazy load={enrol} wait={null} /> : <Pin choose={asks.proof === 'new_pin'} enter={enter} />}
          </>
        ) : (
          <>
            <span class="plate"><Locked /></span>
            <p role="alert">{fault}</p>
          </>
        )}
      </div>
    </main>
  )
}

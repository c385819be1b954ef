import { useEffect, useState } from 'preact/hooks'
import { Mark } from '../pictures/mark.tsx'
import { Locked } from '../pictures/pictograms.tsx'
import { begin, beginWith } from '../state/connection.ts'
import type { Person } from '../wire/protocol.ts'
import { WireError } from '../wire/socket.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'
import { LanguageButton } from './LanguagePicker.tsx'
import { speakAs } from './language.ts'
import { go } from './route.ts'

/** A link is good once. Who taps it again on the phone that it signed in is in already. */
async function enterWith(secret: string): Promise<Person> {
  try {
    return await beginWith(secret)
  } catch (error) {
    const person = error instanceof WireError && error.problem.reason === 'link' ? await begin() : null
    if (!person) throw error
    return person
  }
}

/** A sign-in link was opened. Its secret leaves the address at once, and is used when the reader says so: a link is good once, and a
 * preview or a second tap should not use it up. */
export function SignIn({ link, done }: { link: string; done: () => void }) {
  const [secret] = useState(link)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  /** Used up: no use to tap again. */
  const [over, setOver] = useState(!link)

  useEffect(() => {
    history.replaceState(null, '', '/in')
  }, [])

  async function enter() {
    setBusy(true)
    setFault('')
    try {
      const person = await enterWith(secret)
      if (person.language) await speakAs(person.language)
      done()
      go({ at: 'home' }, true)
    } catch (error) {
      setFault(sayError(error))
      setOver(error instanceof WireError && error.problem.reason === 'link')
      setBusy(false)
    }
  }

  return (
    <main class="gate">
      <div class="gate-top">
        <LanguageButton />
      </div>
      <div class="gate-card">
        <Mark />
        <h1>{t('signIn.title')}</h1>
        {fault || over ? (
          <>
            <span class="plate"><Locked /></span>
            <p role="alert">{fault || t('error.signed_out.link')}</p>
          </>
        ) : (
          <p>{t('signIn.text')}</p>
        )}
        {!over && (
          <button type="button" class="btn go wide" disabled={busy} onClick={() => void enter()}>
            {t(fault ? 'signIn.again' : 'signIn.enter')}
          </button>
        )}
      </div>
    </main>
  )
}

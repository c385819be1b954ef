import './enter.css'
import { useEffect, useState } from 'preact/hooks'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { go } from '../app/route.ts'
import { Wait } from '../app/Wait.tsx'
import { Face } from '../pictures/faces.tsx'
import { Back } from '../pictures/icons.tsx'
import { Mark } from '../pictures/mark.tsx'
import { Key } from '../pictures/pictograms.tsx'
import { enterAs } from '../state/connection.ts'
import type { Person } from '../wire/protocol.ts'
import { devicePeople, enterProfile } from '../wire/session.ts'
import { iso, speak, t } from '../words/words.ts'
import { Code } from './Code.tsx'
import { Pin } from './Pin.tsx'

/** Nobody is signed in: the people of this phone, or how to come in. */
export function People() {
  const [people, setPeople] = useState<readonly Person[] | null>(null)
  const [who, setWho] = useState<Person | null>(null)

  async function tap(person: Person) {
    if (person.language) await speak(person.language)
    setWho(person)
  }

  useEffect(() => {
    devicePeople().then(
      async (found) => {
        if (found.length === 1 && found[0]) await tap(found[0])
        setPeople(found)
      },
      () => setPeople([]), // no line: the code of an invitation can still be typed
    )
  }, [])

  const staff = () => {
    go({ at: 'staff' })
  }

  async function enter(pin: string) {
    if (!who) return
    await enterAs(enterProfile(who.id, pin))
    go({ at: 'home' }, true)
  }

  if (!people) return <Wait />
  return (
    <main class="gate">
      <div class="gate-top">
        <LanguageButton />
      </div>
      <div class="gate-card">
        {who ? (
          <>
            <Face id={who.id} kind="person" size="l" />
            <h1>{t('invited.hello', { name: iso(who.name) })}</h1>
            <Pin key={who.id} choose={false} enter={enter} />
            <p class="fine">{t('pin.forgotten')}</p>
            <button type="button" class="btn soft pick-back" onClick={() => setWho(null)}>
              <Back />
              {t('people.other')}
            </button>
          </>
        ) : people.length > 0 ? (
          <>
            <Mark />
            <h1>{t('people.title')}</h1>
            <ul class="profiles">
              {people.map((person) => (
                <li key={person.id}>
                  <button type="button" class="pick" onClick={() => void tap(person)}>
                    <Face id={person.id} kind="person" />
                    <bdi>{person.name}</bdi>
                  </button>
                </li>
              ))}
            </ul>
            <Code />
          </>
        ) : (
          <>
            <Mark />
            <h1>{t('signedOut.title')}</h1>
            <span class="plate"><Key /></span>
            <p>{t('signedOut.text')}</p>
            <Code />
          </>
        )}
        {!who && <button type="button" class="quiet-link" onClick={staff}>{t('door.staff')}</button>}
      </div>
    </main>
  )
}

import './door.css'
import { useState } from 'preact/hooks'
import { go } from '../app/route.ts'
import { enterAs } from '../state/connection.ts'
import { beginEnrolment, proveEnrolment } from '../wire/credential.ts'
import type { Enrolled, Enrolment } from '../wire/protocol.ts'
import { WireError } from '../wire/socket.ts'
import { t } from '../words/words.ts'
import { Codes } from './Codes.tsx'
import { Password } from './Password.tsx'
import { Phone } from './Phone.tsx'

/** An invitation of the school side: a password, a phone, recovery codes. The invitation is used up by the phone's first code. */
export function Enrol({ secret }: { secret: string }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null)
  const [named, setNamed] = useState(false)

  async function begin(password: string, name: string) {
    try {
      setEnrolment(await beginEnrolment(secret, password, name))
    } catch (error) {
      // The school gave no sign-in name: it is asked for.
      if (error instanceof WireError && error.problem.field === 'name') setNamed(true)
      throw error
    }
  }

  async function enter(session: Enrolled) {
    await enterAs(Promise.resolve(session))
    go({ at: 'home' }, true)
  }

  const step = enrolled ? 3 : enrolment ? 2 : 1
  const titles = ['enrol.password.title', 'enrol.app.title', 'enrol.codes.title']
  return (
    <>
      <p class="sub">{t('enrol.step', { step })}</p>
      <h2>{t(titles[step - 1] ?? '')}</h2>
      {enrolled ? (
        <Codes codes={enrolled.codes} names={enrolment?.names ?? []} done={() => void enter(enrolled)} />
      ) : enrolment ? (
        <Phone enrolment={enrolment} prove={async (code) => setEnrolled(await proveEnrolment(secret, code))} />
      ) : (
        <Password named={named} send={begin} />
      )}
    </>
  )
}

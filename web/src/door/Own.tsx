import './door.css'
import { useEffect, useState } from 'preact/hooks'
import { beginAnotherPhone, changePassword, newRecoveryCodes, ownCredential, proveEnrolment } from '../wire/credential.ts'
import type { Credential, Enrolment } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { Codes } from './Codes.tsx'
import { Field } from './Field.tsx'
import { Form } from './Form.tsx'
import { Phone } from './Phone.tsx'

type Doing = '' | 'password' | 'phone' | 'codes'

/** One's own password, phone and recovery codes, each changed by who knows the password. */
export function Own() {
  const [own, setOwn] = useState<Credential | null>(null)
  const [doing, setDoing] = useState<Doing>('')
  const [said, setSaid] = useState('')
  const [password, setPassword] = useState('')
  const [fresh, setFresh] = useState('')
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<readonly string[]>([])

  function look() {
    ownCredential().then(setOwn, (error: unknown) => setSaid(sayError(error)))
  }
  useEffect(look, [])

  function over(words: string) {
    setDoing('')
    setSaid(words)
    setPassword('')
    setFresh('')
    setEnrolment(null)
    setCodes([])
    look()
  }

  async function send() {
    if (doing === 'password') {
      await changePassword(password, fresh)
      over(t('credential.changed'))
    } else if (doing === 'phone') {
      setEnrolment(await beginAnotherPhone(password))
    } else {
      setCodes((await newRecoveryCodes(password)).codes)
    }
  }

  if (codes.length > 0) return <Codes codes={codes} names={own?.names ?? []} done={() => over('')} />
  if (enrolment) return <Phone enrolment={enrolment} prove={async (code) => setCodes((await proveEnrolment('', code)).codes)} />
  if (doing) {
    return (
      <Form act={t('enrol.next')} ready={password !== '' && (doing !== 'password' || [...fresh].length >= 12)} send={send}>
        <Field label={t('credential.now')} value={password} set={setPassword} kind="password" keeper="current-password" />
        {doing === 'password' && (
          <Field label={t('credential.new')} value={fresh} set={setFresh} kind="password" keeper="new-password" hint={t('enrol.password.hint')} />
        )}
        <button type="button" class="btn soft" onClick={() => over('')}>{t('back')}</button>
      </Form>
    )
  }
  return (
    <div class="btns">
      {said && <p role="status">{said}</p>}
      {own && own.names.length > 0 && <p class="sub">{t('credential.names', { names: own.names.map((name) => iso(name)).join(t('comma')) })}</p>}
      {own && !own.password && <p class="sub">{t('credential.none')}</p>}
      {own?.password && (
        <>
          <button type="button" class="btn" onClick={() => setDoing('password')}>{t('credential.change')}</button>
          <button type="button" class="btn" onClick={() => setDoing('phone')}>{t('credential.phone')}</button>
          <button type="button" class="btn" onClick={() => setDoing('codes')}>{t('credential.codes')}</button>
          <p class="sub">{t('credential.left', { count: own.recovery ?? 0 })}</p>
        </>
      )}
    </div>
  )
}

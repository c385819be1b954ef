import './door.css'
import { useEffect, useState } from 'preact/hooks'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { go, sentBack } from '../app/route.ts'
import { Back, Door } from '../pictures/icons.tsx'
import { Mark } from '../pictures/mark.tsx'
import { enterAs } from '../state/connection.ts'
import { providerAddress, signInByPassword, signInWays } from '../wire/credential.ts'
import { has, t } from '../words/words.ts'
import { Field } from './Field.tsx'
import { Form } from './Form.tsx'

/** The people of the school sign in: at the school's own page where it has one, or by name, password and code. */
export function Staff() {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [provider, setProvider] = useState(false)
  const why = `door.why.${sentBack.value}`

  useEffect(() => {
    signInWays().then(
      (ways) => setProvider(ways.provider === true),
      () => undefined, // no line: the form says so when it is sent
    )
  }, [])

  async function enter() {
    await enterAs(signInByPassword(name.trim(), password, code.trim()))
    go({ at: 'home' }, true)
  }

  function back() {
    sentBack.value = ''
    go({ at: 'home' }, true)
  }

  return (
    <main class="gate">
      <div class="gate-top">
        <LanguageButton />
      </div>
      <div class="gate-card">
        <Mark />
        <h1>{t('door.title')}</h1>
        {sentBack.value && <p class="fault" role="alert">{t(has(why) ? why : 'door.why.failed')}</p>}
        {provider && (
          <>
            <a class="btn go wide" href={providerAddress}>
              <Door />
              {t('door.provider')}
            </a>
            <p class="or"><span>{t('door.or')}</span></p>
          </>
        )}
        <Form act={t('door.enter')} ready={name.trim() !== '' && password !== '' && code.trim() !== ''} send={enter}>
          <Field label={t('door.name')} value={name} set={setName} keeper="username" />
          <Field label={t('door.password')} value={password} set={setPassword} kind="password" keeper="current-password" />
          <Field label={t('door.code')} value={code} set={setCode} kind="code" keeper="one-time-code" hint={t('door.lost')} />
        </Form>
        <button type="button" class="btn soft door-back" onClick={back}>
          <Back />
          {t('back')}
        </button>
      </div>
    </main>
  )
}

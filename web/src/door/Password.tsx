import { useState } from 'preact/hooks'
import { t } from '../words/words.ts'
import { Field } from './Field.tsx'
import { Form } from './Form.tsx'

interface Props {
  /** Whether a sign-in name has to be chosen, too. */
  named: boolean
  send: (password: string, name: string) => Promise<void>
}

/** A password of one's own, twice, so that a slip locks nobody out. send() rejects with what was wrong. */
export function Password({ named, send }: Props) {
  const [name, setName] = useState('')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const long = [...first].length >= 12
  const differs = second !== '' && second !== first
  return (
    <Form act={t('enrol.next')} ready={long && second === first && (!named || name.trim() !== '')} send={() => send(first, name.trim())}>
      {named && <Field label={t('enrol.name')} value={name} set={setName} keeper="username" />}
      <Field label={t('enrol.password')} value={first} set={setFirst} kind="password" keeper="new-password" hint={t('enrol.password.hint')} />
      <Field label={t('enrol.password.again')} value={second} set={setSecond} kind="password" keeper="new-password" hint={differs ? t('enrol.password.different') : ''} />
    </Form>
  )
}

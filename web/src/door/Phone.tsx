import { useState } from 'preact/hooks'
import type { Enrolment } from '../wire/protocol.ts'
import { t } from '../words/words.ts'
import { Field } from './Field.tsx'
import { Form } from './Form.tsx'
import { Square } from './Square.tsx'

/** The phone's app reads the square, and a first code proves it. prove() rejects with what was wrong. */
export function Phone({ enrolment, prove }: { enrolment: Enrolment; prove: (code: string) => Promise<void> }) {
  const [code, setCode] = useState('')
  return (
    <>
      <p>{t('enrol.app.text')}</p>
      <Square size={enrolment.size} modules={enrolment.modules} label={t('enrol.app.square')} />
      <a class="btn wide" href={enrolment.address}>{t('enrol.app.here')}</a>
      <details class="typed">
        <summary>{t('enrol.app.typed')}</summary>
        <code dir="ltr">{enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </details>
      <Form act={t('enrol.next')} ready={/^\d{6}$/.test(code.replaceAll(' ', ''))} send={() => prove(code.replaceAll(' ', ''))}>
        <Field label={t('enrol.code')} value={code} set={setCode} kind="code" keeper="one-time-code" />
      </Form>
    </>
  )
}

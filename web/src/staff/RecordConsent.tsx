import { useState } from 'preact/hooks'
import { waits } from '../app/consents.ts'
import { roleOf } from '../app/role.ts'
import { Sheet } from '../app/Sheet.tsx'
import { recordConsent } from '../state/connection.ts'
import { roleMay } from '../state/rights.ts'
import type { Consent, ConsentAnswer, Thread } from '../wire/protocol.ts'
import { languageName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'
import { familyMembers } from './needs.ts'

/** What a guardian said aloud, written down: who, what, in which language. */
export function RecordConsent({ consent, thread, close }: { consent: Consent; thread: Thread; close: () => void }) {
  const earlier = consent.kind === 'earlier'
  const guardians = familyMembers(thread).filter(({ person }) => roleMay(person.role, 'consent_answer', false) && !(earlier && person.id === consent.person?.id))
  const [who, setWho] = useState(guardians.length === 1 ? guardians[0]?.person.id : undefined)
  const answers: readonly ConsentAnswer[] = waits(consent) ? (consent.person && !earlier ? ['yes', 'no', 'someone_else'] : ['yes', 'no']) : ['no']
  const [said, setSaid] = useState<ConsentAnswer | undefined>(answers.length === 1 ? answers[0] : undefined)
  const [language, setLanguage] = useState('')
  const [fault, setFault] = useState('')
  const spoken = [...new Set(guardians.filter(({ person }) => who === undefined || person.id === who).flatMap(({ person }) => person.speaks))]
  const inLanguage = language || spoken[0] || 'nl'
  const pick = (name: string, on: boolean, choose: () => void, text: string) => (
    <label key={text} class={on ? 'pick on' : 'pick'}>
      <input type="radio" name={name} checked={on} onChange={choose} />
      <span class="d"><b>{text}</b></span>
    </label>
  )
  return (
    <Sheet title={t('staff.consent.record')} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <form
        class="btns"
        onSubmit={(event) => {
          event.preventDefault()
          if (who === undefined || !said) return
          recordConsent({ thread: thread.id, consent: consent.id, said_by: who, says: said, language: inLanguage }).then(close, (error: unknown) => setFault(sayError(error)))
        }}
      >
        <fieldset class="picks">
          <legend class="lab">{t('staff.consent.saidBy')}</legend>
          {guardians.map(({ person, relation }) => pick('who', who === person.id, () => setWho(person.id), `${person.name} · ${roleOf(person, relation)}`))}
        </fieldset>
        <fieldset class="picks">
          <legend class="lab">{t('staff.consent.said')}</legend>
          {answers.map((answer) => pick('said', said === answer, () => setSaid(answer), t(waits(consent) ? `consent.${answer}` : 'staff.consent.stopped')))}
        </fieldset>
        <fieldset class="picks">
          <legend class="lab">{t('staff.consent.inLanguage')}</legend>
          {spoken.map((tag) => pick('language', inLanguage === tag, () => setLanguage(tag), languageName(tag)))}
        </fieldset>
        <button type="submit" class="btn go" disabled={who === undefined || !said}>{t('staff.consent.save')}</button>
      </form>
    </Sheet>
  )
}

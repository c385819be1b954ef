import { useState } from 'preact/hooks'
import { nameIn, wordsOf } from '../app/consents.ts'
import { roleOf } from '../app/role.ts'
import { canHear } from '../app/voice.ts'
import { ConsentPicture } from '../pictures/consents.tsx'
import { Face } from '../pictures/faces.tsx'
import { Calendar, Check, Eye, Someone, Volume, X } from '../pictures/icons.tsx'
import { answerConsent } from '../state/connection.ts'
import type { Consent, ConsentAnswer, Thread } from '../wire/protocol.ts'
import { ownName, untilDay } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, language, t, wordsShown } from '../words/words.ts'

/** What somebody who comes in may read, as a family is told it. */
function reachOf({ reach, from_seq }: Consent): string {
  if (from_seq !== undefined) return t('consent.reach.some')
  return t(reach === 'all' ? 'consent.reach.all' : 'consent.reach.now')
}

/** A question to the family, in pictures and words, that can be heard too: yes, no, or somebody else. */
export function ConsentCard({ consent, thread, said }: { consent: Consent; thread: Thread; said: (answer: ConsentAnswer) => void }) {
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const { kind, person, until } = consent
  const question = t(wordsOf(kind, 'q'), { name: person ? iso(person.name) : '' })
  const what = t(wordsOf(kind, 'what'))
  const reach = person && reachOf(consent)
  const end = until === undefined ? t('consent.noEnd') : t('consent.until', { date: untilDay(until) })

  const give = (says: ConsentAnswer) => {
    setBusy(true)
    answerConsent({ thread: thread.id, consent: consent.id, says, language: language.value.tag, ...(wordsShown.value ? { words: wordsShown.value } : {}) }).then(
      () => said(says),
      (error: unknown) => {
        setFault(sayError(error))
        setBusy(false)
      },
    )
  }
  const choice = (says: ConsentAnswer, Picture: typeof Check) => (
    <button type="button" class="btn" disabled={busy} onClick={() => give(says)}>
      <Picture />
      {t(`consent.${says}`)}
    </button>
  )

  return (
    <section class="card" aria-label={question}>
      <div class="who tall">
        <Face id={consent.by} kind="person" size="s" />
        <b>{t('consent.asks', { name: iso(nameIn(thread, consent.by)) })}</b>
        {canHear(language.value.tag) && (
          <button type="button" class="act" onClick={() => void import('../app/aloud.ts').then(({ sayAloud }) => sayAloud([question, what, reach, end].filter(Boolean).join(' '), language.value.tag), () => undefined)}>
            <Volume />
            {t('message.listen')}
          </button>
        )}
      </div>
      <h2>{question}</h2>
      {person && (
        <div class="person">
          <Face id={person.id} kind="person" size="l" />
          <div>
            <b><bdi>{person.name}</bdi></b>
            <span class="sub">{roleOf(person)}</span>
            <span class="sub spoken">{person.speaks.map((tag) => <bdi key={tag} lang={tag}>{ownName(tag)}</bdi>)}</span>
          </div>
        </div>
      )}
      <ul class="facts">
        <li><ConsentPicture kind={kind} /><span>{what}</span></li>
        {consent.why && <li class="why"><span dir="auto">{consent.why}</span></li>}
        {reach && <li><Eye /><span>{reach}</span></li>}
        <li><Calendar /><span>{end}</span></li>
      </ul>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="btns two">
        {choice('yes', Check)}
        {choice('no', X)}
      </div>
      {person && kind !== 'earlier' && <div class="btns">{choice('someone_else', Someone)}</div>}
      <p class="fine">{t('consent.fine')}</p>
    </section>
  )
}

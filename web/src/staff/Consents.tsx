import { useState } from 'preact/hooks'
import { nameIn, stands, waits } from '../app/consents.ts'
import { roleOf } from '../app/role.ts'
import { ConsentPicture } from '../pictures/consents.tsx'
import { Face } from '../pictures/faces.tsx'
import { askConsent, takeBackConsent } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { Consent, Thread } from '../wire/protocol.ts'
import { languageName, short, untilDay } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { MoveAlong } from './MoveAlong.tsx'
import { RecordConsent } from './RecordConsent.tsx'

/** How it stands, in a sentence. */
function stateOf(consent: Consent, thread: Thread): string {
  const who = (id: number | undefined) => iso(nameIn(thread, id))
  if (waits(consent)) return t('staff.consent.waits', { when: short(consent.asked) })
  if (consent.end === 'withdrawn') return t('staff.consent.withdrawn', { name: who(consent.ended_by), when: short(consent.ended ?? 0) })
  if (consent.end === 'expired') return t('staff.consent.expired', { when: short(consent.ended ?? 0) })
  if (consent.end === 'taken_back') return t('staff.consent.taken_back', { when: short(consent.ended ?? 0) })
  return t(`staff.consent.${consent.answer}`, { name: who(consent.answered_by), when: short(consent.answered ?? 0) })
}

function Line({ consent, thread, fail, record }: { consent: Consent; thread: Thread; fail: (error: unknown) => void; record: () => void }) {
  const { id, kind, person } = consent
  const open = waits(consent)
  const writes = may('consent_record') && consent.by !== me.value?.id && person?.id !== me.value?.id
  const recordedBy = consent.end === 'withdrawn' ? consent.ended_recorded_by : consent.recorded_by
  return (
    <li class="ln">
      {person ? <Face id={person.id} kind="person" size="s" /> : <ConsentPicture kind={kind} />}
      <div>
        <b>{kind === 'earlier' ? t('staff.consent.subject.earlier', { name: iso(person?.name ?? '') }) : person ? <><bdi>{person.name}</bdi>{t('comma')} {roleOf(person)}</> : t(`staff.consent.subject.${kind}`)}</b>
        <small>
          {stateOf(consent, thread)}
          {consent.language && ` · ${iso(languageName(consent.language))}`}
          {consent.used !== undefined && ` · ${t('staff.consent.used', { when: short(consent.used) })}`}
          {stands(consent) && consent.until !== undefined && ` · ${t('consent.until', { date: untilDay(consent.until) })}`}
        </small>
        {recordedBy !== undefined && <small>{t('staff.consent.recorded', { name: iso(nameIn(thread, recordedBy)) })}</small>}
        {writes && (open || stands(consent)) && (
          <button type="button" class="lk" aria-haspopup="dialog" onClick={record}>{t('staff.consent.record')}</button>
        )}
        {open && may('consent_take_back') && (
          <button type="button" class="lk" onClick={() => takeBackConsent(thread.id, id).catch(fail)}>{t('staff.consent.takeBack')}</button>
        )}
      </div>
    </li>
  )
}

/** What the family was asked to agree to, how each stands, and what else may be asked. */
export function Consents({ thread }: { thread: Thread }) {
  const [fault, setFault] = useState('')
  const [recording, setRecording] = useState<Consent | null>(null)
  const [moving, setMoving] = useState(false)
  const fail = (error: unknown) => setFault(sayError(error))
  const asked = [...thread.consents].reverse()
  const free = (['machine', 'voice'] as const).filter((kind) => !thread.consents.some((consent) => consent.kind === kind && consent.end === undefined))
  return (
    <>
      <section>
        <h2>{t('staff.consent')}</h2>
        {asked.length === 0 && <p class="fine">{t('staff.consent.none')}</p>}
        <ul class="kv">
          {asked.map((consent) => (
            <Line key={consent.id} consent={consent} thread={thread} fail={fail} record={() => setRecording(consent)} />
          ))}
        </ul>
        {fault && <p class="fault" role="alert">{fault}</p>}
        {may('consent_ask') && free.map((kind) => (
          <button key={kind} type="button" class="lk" onClick={() => askConsent({ thread: thread.id, kind }).catch(fail)}>{t(`staff.consent.ask.${kind}`)}</button>
        ))}
        {may('consent_ask') && <button type="button" class="lk" aria-haspopup="dialog" onClick={() => setMoving(true)}>{t('staff.move')}</button>}
      </section>
      {moving && <MoveAlong thread={thread} close={() => setMoving(false)} />}
      {recording && <RecordConsent consent={recording} thread={thread} close={() => setRecording(null)} />}
    </>
  )
}

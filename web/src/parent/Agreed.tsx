import { useState } from 'preact/hooks'
import { gone, stands, wordsOf } from '../app/consents.ts'
import { ConsentPicture } from '../pictures/consents.tsx'
import { Face } from '../pictures/faces.tsx'
import { X } from '../pictures/icons.tsx'
import { withdrawConsent } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import type { Thread } from '../wire/protocol.ts'
import { day, untilDay } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'

/** What the family agreed to; a tap ends it at once. What a file was made of is said, for that does not come back. */
export function Agreed({ thread }: { thread: Thread }) {
  const [fault, setFault] = useState('')
  const agreed = thread.consents.filter((consent) => stands(consent) || gone(consent))
  if (agreed.length === 0) return null
  return (
    <section class="agreed">
      <h3>{t('consent.list')}</h3>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <ul class="people">
        {agreed.map(({ id, kind, person, until, used, end }) => (
          <li key={id} class="person">
            {person ? <Face id={person.id} kind="person" /> : <span class="pic"><ConsentPicture kind={kind} /></span>}
            <div>
              <b>{t(wordsOf(kind, 'stands'), { name: person ? iso(person.name) : '' })}</b>
              {used !== undefined && <span class="sub">{t(end === undefined ? 'consent.used' : 'consent.used.stopped', { date: day(used) })}</span>}
              {until !== undefined && <span class="sub">{t('consent.until', { date: untilDay(until) })}</span>}
            </div>
            {end === undefined && may('consent_withdraw') && (
              <button type="button" class="btn soft" onClick={() => withdrawConsent(thread.id, id).catch((error: unknown) => setFault(sayError(error)))}>
                <X />
                {t('consent.stop')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Eye } from '../pictures/icons.tsx'
import { presentMember } from '../state/apply.ts'
import { extend, widen } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { Member, Thread } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { dayField, endOfDay, seesOf } from './agreed.ts'

/** Whether there is something to agree otherwise about this person. */
export function canAgree(member: Member, thread: Thread): boolean {
  const own = me.value ? presentMember(thread, me.value.id) : undefined
  const further = own !== undefined && own.first_seq < member.first_seq
  if (member.person.id === me.value?.id) return asksForSelf(member)
  return (member.joined === 'brought' && may('extend')) || (further && may('widen'))
}

/** A mentor who came later, by the roster: what was said before is the family's to open. */
const asksForSelf = (member: Member) => member.person.id === me.value?.id && member.joined === 'roster' && member.first_seq > 1 && may('widen')

/** Until when somebody is in the conversation, and how much of it they see. */
export function Agreed({ member, thread, close }: { member: Member; thread: Thread; close: () => void }) {
  const { person } = member
  const [until, setUntil] = useState(member.ends === undefined ? '' : dayField(member.ends))
  const [fault, setFault] = useState('')
  const [asked, setAsked] = useState(false)
  const own = me.value ? presentMember(thread, me.value.id) : undefined
  const run = (work: Promise<unknown>) => void work.then(close, (error: unknown) => setFault(sayError(error)))
  const lookBack = () =>
    void widen({ thread: thread.id, person: person.id }).then(
      ({ consent }) => (consent ? setAsked(true) : close()),
      (error: unknown) => setFault(sayError(error)),
    )
  if (asked)
    return (
      <Sheet title={person.name} close={close}>
        <p role="status">{t('staff.consent.askedEarlier', { name: iso(person.name) })}</p>
        <button type="button" class="btn go" onClick={close}>{t('close')}</button>
      </Sheet>
    )
  return (
    <Sheet title={person.name} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <p>{seesOf(member, thread)}</p>
      <div class="btns">
        {(asksForSelf(member) || (own && own.first_seq < member.first_seq && may('widen'))) && (
          <button type="button" class="btn" onClick={lookBack}>
            <Eye />
            {asksForSelf(member) ? t('staff.widenSelf') : t('staff.widen', { name: iso(person.name) })}
          </button>
        )}
      </div>
      {member.joined === 'brought' && may('extend') && (
        <form
          class="btns"
          onSubmit={(event) => {
            event.preventDefault()
            const ends = endOfDay(until)
            run(extend({ thread: thread.id, person: person.id, ...(ends === undefined ? {} : { until: ends }) }))
          }}
        >
          <label class="lab">
            {t('staff.until')}
            <input class="field" type="date" min={dayField(Date.now())} value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
          </label>
          <p class="fine">{t('staff.untilNote')}</p>
          <button type="submit" class="btn go">{t('staff.untilSave')}</button>
        </form>
      )}
    </Sheet>
  )
}

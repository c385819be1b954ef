import { useState } from 'preact/hooks'
import { roleOf } from '../app/role.ts'
import { Face } from '../pictures/faces.tsx'
import { BookOpen, Ear, Eye, Message as Speech, UserPlus } from '../pictures/icons.tsx'
import { isFamily } from '../state/apply.ts'
import { takeOut } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { Member, Thread } from '../wire/protocol.ts'
import { languageName, short } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { Agreed, canAgree } from './Agreed.tsx'
import { endsOf, seesOf } from './agreed.ts'
import { BringIn } from './BringIn.tsx'
import { Consents } from './Consents.tsx'
import { familyMembers } from './needs.ts'
import { Readers } from './Readers.tsx'

function list(tags: readonly string[]): string {
  return tags.map((tag) => iso(languageName(tag))).join(t('comma') + ' ')
}

function Guardian({ member, thread }: { member: Member; thread: Thread }) {
  const [agreeing, setAgreeing] = useState(false)
  const { person } = member
  return (
    <li class="gd">
      <Face id={person.id} kind="person" />
      <div>
        <b><bdi>{person.name}</bdi></b> <span>{roleOf(person, member.relation)}</span>
        <ul>
          {person.speaks.length > 0 && <li><Speech />{list(person.speaks)}</li>}
          {person.reads && person.reads.length > 0 && <li><BookOpen />{t('staff.reads', { languages: list(person.reads) })}</li>}
          {person.reads?.length === 0 && <li class="hl"><Ear />{t('staff.readsNothing')}</li>}
          {member.first_seq > 1 && <li><Eye />{seesOf(member, thread)}</li>}
        </ul>
        {member.first_seq > 1 && canAgree(member, thread) && (
          <button type="button" class="lk" aria-haspopup="dialog" onClick={() => setAgreeing(true)}>{t('staff.agree')}</button>
        )}
        {agreeing && <Agreed member={member} thread={thread} close={() => setAgreeing(false)} />}
      </div>
    </li>
  )
}

function Present({ member, thread, fail }: { member: Member; thread: Thread; fail: (text: string) => void }) {
  const [sure, setSure] = useState(false)
  const [agreeing, setAgreeing] = useState(false)
  const { person } = member
  const own = person.id === me.value?.id
  return (
    <li class="ln">
      <Face id={person.id} kind="person" size="s" />
      <div>
        <b>{own ? t('staff.youUpper') : <bdi>{person.name}</bdi>}</b>{t('comma')} {roleOf(person)}
        {member.joined === 'brought' && <small>{t('staff.since', { when: short(member.since) })}</small>}
        {member.joined === 'brought' && <small>{[seesOf(member, thread), endsOf(member)].filter(Boolean).join(' · ')}</small>}
        {member.why && <small><bdi>{member.why}</bdi></small>}
        {canAgree(member, thread) && <button type="button" class="lk" aria-haspopup="dialog" onClick={() => setAgreeing(true)}>{t('staff.agree')}</button>}
        {agreeing && <Agreed member={member} thread={thread} close={() => setAgreeing(false)} />}
        {member.joined === 'brought' && may('take_out', own) &&
          (sure ? (
            <button type="button" class="lk" onClick={() => takeOut(thread.id, person.id).catch((error: unknown) => fail(sayError(error)))}>
              {t('staff.takeOutSure')}
            </button>
          ) : (
            <button type="button" class="lk" onClick={() => setSure(true)}>{t(own ? 'staff.leave' : 'staff.takeOut')}</button>
          ))}
      </div>
    </li>
  )
}

export function FamilyPanel({ thread }: { thread: Thread }) {
  const [bringing, setBringing] = useState(false)
  const [reading, setReading] = useState(false)
  const [fault, setFault] = useState('')
  const school = thread.members.filter(({ person, until, joined }) => until === undefined && !isFamily(person) && (person.id !== me.value?.id || joined === 'brought'))
  const alone = school.every(({ person }) => person.id === me.value?.id)
  return (
    <>
      <h1>{t('staff.familyOf', { name: iso(thread.pupil.given) })}</h1>
      <section>
        <ul>{familyMembers(thread).map((member) => <Guardian key={member.id} member={member} thread={thread} />)}</ul>
      </section>
      <section>
        <h2>{t('staff.inThis')}</h2>
        {alone && <p class="fine">{t('staff.onlyYou')}</p>}
        <ul class="kv">{school.map((member) => <Present key={member.id} member={member} thread={thread} fail={setFault} />)}</ul>
        <button type="button" class="lk" aria-haspopup="dialog" onClick={() => setReading(true)}>{t('staff.readers')}</button>
        {fault && <p class="fault" role="alert">{fault}</p>}
        {may('bring') && (
          <div class="two">
            <button type="button" class="hb" aria-haspopup="dialog" onClick={() => setBringing(true)}>
              <UserPlus />
              {t('staff.bring')}
            </button>
          </div>
        )}
      </section>
      <Consents thread={thread} />
      {reading && <Readers thread={thread.id} close={() => setReading(false)} />}
      {bringing && <BringIn thread={thread} close={() => setBringing(false)} />}
    </>
  )
}

import { Face } from '../pictures/faces.tsx'
import { Door } from '../pictures/icons.tsx'
import type { Member, Thread } from '../wire/protocol.ts'
import { ownName, untilDay } from '../words/dates.ts'
import { iso, t } from '../words/words.ts'
import { roleOf } from './role.ts'

/** Somebody came or left: a card in the flow with face, name, role, languages and why. */
export function Turn({ kind, member, thread }: { kind: 'came' | 'left'; member: Member; thread: Thread }) {
  const { person } = member
  if (kind === 'left')
    return (
      <p class="event">
        <Door />
        <span>{t('turn.left', { name: iso(person.name), role: roleOf(person, member.relation) })}</span>
      </p>
    )
  const by = thread.members.find((other) => other.person.id === member.by)?.person.name
  return (
    <div class="join">
      <Face id={person.id} kind="person" />
      <div>
        <b>{t('turn.came', { name: iso(person.name), role: roleOf(person, member.relation) })}</b>
        {person.speaks.length > 0 && <span>{t('turn.speaks', { languages: person.speaks.map((tag) => iso(ownName(tag))).join(t('comma') + ' ') })}</span>}
        {member.why && <span dir="auto">{member.why}</span>}
        {member.ends !== undefined && member.until === undefined && <span>{t('turn.ends', { date: untilDay(member.ends) })}</span>}
        {by && <span>{t('turn.by', { name: iso(by) })}</span>}
      </div>
    </div>
  )
}

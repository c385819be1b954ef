// What was agreed of somebody's time in a conversation, in words: how much they see of it, and until when.

import { messageOf } from '../state/connection.ts'
import type { Member, Thread } from '../wire/protocol.ts'
import { dayOf, short, untilDay } from '../words/dates.ts'
import { t } from '../words/words.ts'

/** "Sees all", "sees from today". */
export function seesOf(member: Member, thread: Thread): string {
  if (member.first_seq <= 1) return t('staff.sees.all')
  const at = member.first_seq > member.since_seq ? member.since : messageOf(thread.id, member.first_seq)?.sent
  if (at === undefined) return t('staff.sees.some')
  return dayOf(at) === dayOf(Date.now()) ? t('staff.sees.today') : t('staff.sees.from', { when: short(at) })
}

/** "Until 18 December"; empty where no end was agreed. */
export function endsOf(member: Member): string {
  return member.ends === undefined || member.until !== undefined ? '' : t('staff.ends', { date: untilDay(member.ends) })
}

/** The end of a day, as a date field gives it; undefined where it is empty. */
export function endOfDay(field: string): number | undefined {
  return field ? new Date(`${field}T23:59:59.999`).getTime() : undefined
}

/** A time as a date field takes it. */
export function dayField(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

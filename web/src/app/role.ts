import type { Person } from '../wire/protocol.ts'
import { has, t } from '../words/words.ts'

/** What somebody is in a conversation: mother, mentor, coach. */
export function roleOf(person: Person, relation?: string): string {
  const key = relation ? `relation.${relation}` : ''
  return key && has(key) ? t(key) : t(`role.${person.role}`)
}

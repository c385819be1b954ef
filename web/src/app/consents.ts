// How a question to a family stands.

import type { Consent, Thread } from '../wire/protocol.ts'

/** It waits for an answer. */
export const waits = ({ answer, end }: Consent): boolean => answer === undefined && end === undefined

/** The family said yes, and it goes on. */
export const stands = ({ answer, end }: Consent): boolean => answer === 'yes' && end === undefined

/** It was taken back when a file for another school had been made of it. */
export const gone = ({ answer, end, used }: Consent): boolean => answer === 'yes' && end !== undefined && used !== undefined

/** The message of a kind: all who would come in are asked about in the same way, but for what they do, and who comes from outside the school. */
export function wordsOf(kind: Consent['kind'], what: 'q' | 'what' | 'stands'): string {
  const joins = kind === 'key_person' || kind === 'interpreter' || kind === 'partner'
  if (what === 'what') return `consent.what.${kind}`
  if (what === 'q' && kind === 'partner') return 'consent.q.partner'
  return `consent.${what}.${joins ? 'coach' : kind}`
}

export const nameIn = (thread: Thread, person: number | undefined): string =>
  thread.members.find((member) => member.person.id === person)?.person.name ?? ''

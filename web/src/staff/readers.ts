// Who reads a staff note: shown before one is written. The server decides by its table of rights; this says the same of who is there.

import { roleMay } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { NoteLevel, Person, Role, Thread } from '../wire/protocol.ts'

const CARE_TEAM: readonly Role[] = ['care_coordinator', 'psychologist']

export function reads(role: Role, level: NoteLevel): boolean {
  return roleMay(role, 'notes', true) && (level === 'staff' || CARE_TEAM.includes(role))
}

/** Those in the conversation now who read notes of a level, without oneself. */
export function readersOf(thread: Thread, level: NoteLevel): Person[] {
  return thread.members
    .filter(({ person, until }) => until === undefined && person.id !== me.value?.id && reads(person.role, level))
    .map(({ person }) => person)
}

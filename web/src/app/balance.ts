// Which wording of a message its reader wants first.

import { me, state } from '../state/store.ts'
import type { Balance, Message } from '../wire/protocol.ts'
import { balanced, sameLanguage, type Balanced } from '../words/shown.ts'
import { ownLanguage } from './written.ts'

export function schoolLanguage(): string {
  return state.value?.school.language ?? 'nl'
}

export function balance(): Balance {
  return me.value?.balance ?? 'own'
}

/** Whether there is anything to choose: one's own language is not the school's. */
export function hasBalance(): boolean {
  return me.value !== null && !sameLanguage(ownLanguage(), schoolLanguage())
}

export function balancedFor(message: Message): Balanced | undefined {
  return balanced(message, ownLanguage(), schoolLanguage(), balance())
}

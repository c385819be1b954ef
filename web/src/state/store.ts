// The one state of the app, as signals. Changed only by events and by the answers to commands; components only show it.

import { computed, signal } from '@preact/signals'
import type { Line } from '../wire/socket.ts'
import { isFamily, type Conversation, type State } from './apply.ts'

/** null until the first welcome. */
export const state = signal<State | null>(null)

export const line = signal<Line>('connecting')

export const me = computed(() => state.value?.me ?? null)

/** Whether the one who looks is of the family's side. */
export const family = computed(() => (me.value ? isFamily(me.value) : true))

export const conversations = computed<Conversation[]>(() => [...(state.value?.conversations.values() ?? [])])

export function conversationOf(thread: number): Conversation | undefined {
  return state.value?.conversations.get(thread)
}

// What stands in the flow of a conversation: days, messages, people who came and left, and what is not sent yet.

import type { Member, Message } from '../wire/protocol.ts'
import type { Conversation } from '../state/apply.ts'
import type { Waiting } from '../state/outbox.ts'
import { dayOf } from '../words/dates.ts'

export type Entry =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'message'; key: string; message: Message }
  | { kind: 'came' | 'left'; key: string; member: Member; at: number }
  | { kind: 'waiting'; key: string; waiting: Waiting }

interface Turn {
  kind: 'came' | 'left'
  key: string
  member: Member
  at: number
  after: number
}

/** Comings and goings that were somebody's doing; who is in it by the roster from the start stands in the header. */
function turnsOf(members: readonly Member[]): Turn[] {
  const turns: Turn[] = []
  for (const member of members) {
    const { id, since, since_seq, until, until_seq, joined } = member
    if (joined === 'brought' || since_seq > 0) turns.push({ kind: 'came', key: `came ${id}`, member, at: since, after: since_seq })
    if (until !== undefined && (until_seq ?? 0) > 0)
      turns.push({ kind: 'left', key: `left ${id}`, member, at: until, after: until_seq ?? 0 })
  }
  return turns.sort((a, b) => a.after - b.after || a.at - b.at)
}

/** In the order of the conversation: by number, never by a clock. */
export function entriesOf(conversation: Conversation & { newer?: boolean }, outbox: readonly Waiting[]): Entry[] {
  const { thread, messages, loaded } = conversation
  if (!loaded) return []
  const entries: Entry[] = []
  const first = messages[0]?.seq ?? 1
  const turns = turnsOf(thread.members).filter(({ after }) => after >= first - 1)
  let day = ''

  const place = (at: number, entry: Entry) => {
    if (dayOf(at) !== day) {
      day = dayOf(at)
      entries.push({ kind: 'day', key: `day ${day}`, at })
    }
    entries.push(entry)
  }
  const placeTurns = (before: number) => {
    while (turns[0] && turns[0].after < before) {
      const turn = turns.shift() as Turn
      place(turn.at, turn)
    }
  }

  for (const message of messages) {
    placeTurns(message.seq)
    place(message.sent, { kind: 'message', key: `message ${message.client_id}`, message })
  }
  if (conversation.newer) return entries
  placeTurns(Infinity)
  const shown = new Set(messages.map(({ client_id }) => client_id))
  for (const waiting of outbox)
    if (waiting.thread === thread.id && waiting.of === undefined && !shown.has(waiting.client_id))
      place(waiting.written, { kind: 'waiting', key: `message ${waiting.client_id}`, waiting })
  return entries
}

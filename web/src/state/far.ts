// A part of a conversation far back: the messages around one that was looked for, while those between it and the newest are not loaded.
//
// It grows at both ends like the conversation itself; where it reaches the messages that are loaded the two become one.

import type { Message, Page } from '../wire/protocol.ts'
import { merge, put, withReplies, type Conversation, type State } from './apply.ts'

export interface Far {
  /** In order and without a gap; never empty. */
  messages: readonly Message[]
  /** There may be messages before the first of them. */
  older: boolean
}

export function covers(far: Far | null, seq: number): boolean {
  return far !== null && seq >= (far.messages[0]?.seq ?? Infinity) && seq <= (far.messages.at(-1)?.seq ?? 0)
}

/** Makes one of the two where nothing lies between them. */
export function met(at: Conversation): Conversation {
  const { far } = at
  const first = at.messages[0]
  if (!far || !at.loaded || (first && (far.messages.at(-1)?.seq ?? 0) < first.seq - 1)) return at
  const from = far.messages[0]?.seq ?? 0
  const messages = merge(merge(far.messages, at.messages), at.early.filter(({ seq }) => seq >= from))
  const older = first && first.seq < from ? at.older : far.older
  return { ...at, messages, older, early: at.early.filter(({ seq }) => seq < from), far: null }
}

/** Puts pages that follow each other into the part far back; `end`: nothing comes after the last of them. */
function grown(state: State, pages: readonly Page[], far: Far | null, older: boolean, end: boolean): State {
  const at = state.conversations.get(pages[0]?.thread ?? 0)
  if (!at) return state
  let messages = far?.messages ?? []
  let replies = at.replies
  for (const page of pages) {
    messages = merge(messages, page.messages)
    replies = withReplies(replies, page.replies)
  }
  if (messages.length === 0) return state
  const next = { ...at, replies, far: { messages, older } }
  messages = merge(messages, at.early.filter(({ seq }) => covers(next.far, seq)))
  // All of the end is here: it is what is loaded, if the newest page has not come yet.
  if (end && !at.loaded) return put(state, { ...next, loaded: true, messages: merge(messages, at.early.filter(({ seq }) => seq > (messages[0]?.seq ?? 0))), older, far: null })
  return put(state, met({ ...next, far: { messages, older } }))
}

/** The pages before (with it) and after a message, as the new part far back. */
export function withAround(state: State, before: Page, after: Page): State {
  return grown(state, [before, after], null, before.more, !after.more)
}

/** A page before the part far back. */
export function withFarOlder(state: State, page: Page): State {
  const far = state.conversations.get(page.thread)?.far
  return far ? grown(state, [page], far, page.more, false) : state
}

/** A page behind it. */
export function withFarNewer(state: State, page: Page): State {
  const far = state.conversations.get(page.thread)?.far
  return far ? grown(state, [page], far, far.older, !page.more) : state
}

export function withoutFar(state: State, thread: number): State {
  const at = state.conversations.get(thread)
  return at?.far ? put(state, { ...at, far: null }) : state
}

/** What is on the screen of a conversation, and whether newer messages lie between it and the end. */
export function onScreen(at: Conversation): Conversation & { newer: boolean } {
  return at.far ? { ...at, loaded: true, messages: at.far.messages, older: at.far.older, newer: true } : { ...at, newer: false }
}

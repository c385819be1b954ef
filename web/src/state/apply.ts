// What is known of the conversations, as plain data, and how each event changes it.
//
// Pure: no signals, no clock, no network. The promise a test holds for every command of the protocol: old state plus events equals
// a fresh fetch. Everything here returns a new state and leaves the old one alone.

import type {
  Consent,
  Member,
  Message,
  Need,
  Note,
  NotePage,
  Page,
  Person,
  Reply,
  School,
  ServerEvent,
  Thread,
  ThreadState as ThreadAnswer,
  Welcome,
} from '../wire/protocol.ts'
import { covers, met, type Far } from './far.ts'
import { noNotes, withNote, withNotes, type NoteFlow } from './noteflow.ts'

/** One conversation. messages: what is loaded of it, without a gap up to the newest; empty until it was opened. */
export interface Conversation {
  thread: Thread
  /** The event that `thread` is as of: earlier ones are in it already. */
  at: number
  loaded: boolean
  /** There may be messages before the first that is loaded. */
  older: boolean
  messages: readonly Message[]
  /** Messages that were told and are not loaded: a page that was on its way meanwhile may be older than they are. */
  early: readonly Message[]
  replies: readonly Reply[]
  /** Messages around one that was looked for, away from those that are loaded; null where none was, or they have met. */
  far: Far | null
  /** Staff notes: of those who may read them. */
  notes: NoteFlow
}

export interface State {
  me: Person
  school: School
  /** Languages that the server says messages aloud in. */
  says: readonly string[]
  /** Which event log `last` belongs to. */
  log: string
  /** The newest event this state knows of. */
  last: number
  conversations: ReadonlyMap<number, Conversation>
  /** Conversations to fetch with the command thread: they are new to us, or their pupil changed. */
  wanted: ReadonlySet<number>
}

const FAMILY = new Set(['parent', 'legal_guardian', 'residential_counsellor'])

export function isFamily(person: Person): boolean {
  return FAMILY.has(person.role)
}

function conversation(thread: Thread, at: number): Conversation {
  return { thread, at, loaded: false, older: true, messages: [], early: [], replies: [], far: null, notes: noNotes }
}

/** The whole state, as a welcome told it. */
export function fresh(welcome: Welcome): State {
  return {
    me: welcome.me,
    school: welcome.school,
    says: welcome.says ?? [],
    log: welcome.log,
    last: welcome.at,
    conversations: new Map((welcome.threads ?? []).map((thread) => [thread.id, conversation(thread, welcome.at)])),
    wanted: new Set(),
  }
}

/** A welcome that resumes: only who we are may be otherwise. */
export function resumed(state: State, welcome: Welcome): State {
  return { ...state, me: welcome.me, school: welcome.school, says: welcome.says ?? [] }
}

export function put(state: State, next: Conversation): State {
  const conversations = new Map(state.conversations)
  conversations.set(next.thread.id, next)
  return { ...state, conversations }
}

function want(state: State, thread: number): State {
  return { ...state, wanted: new Set(state.wanted).add(thread) }
}

/** Puts messages into a list in the order of their numbers; of two states of one the newer wins. */
export function merge(into: readonly Message[], add: readonly Message[]): Message[] {
  const bySeq = new Map(into.map((message) => [message.seq, message]))
  for (const message of add) {
    const known = bySeq.get(message.seq)
    if (!known || known.rev <= message.rev) bySeq.set(message.seq, message)
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

function newer(a: Message | undefined, b: Message): Message {
  if (!a || b.seq > a.seq) return b
  return b.seq === a.seq && b.rev >= a.rev ? b : a
}

function onMessage(state: State, at: Conversation, id: number, message: Message): State {
  const isNew = id > at.at && message.seq > (at.thread.last?.seq ?? 0)
  const fromOther = message.sender !== state.me.id
  const thread: Thread = {
    ...at.thread,
    last: newer(at.thread.last, message),
    unread: at.thread.unread + (isNew && fromOther ? 1 : 0),
  }
  if (covers(at.far, message.seq)) at = { ...at, far: { older: at.far?.older ?? true, messages: merge(at.far?.messages ?? [], [message]) } }
  if (at.loaded && message.seq >= (at.messages[0]?.seq ?? 0))
    return put(state, { ...at, thread, messages: merge(at.messages, [message]) })
  return put(state, { ...at, thread, early: merge(at.early, [message]) })
}

/** The present time of a person in a conversation, if they are in it. */
export function presentMember(thread: Thread, person: number): Member | undefined {
  return thread.members.find((member) => member.person.id === person && member.until === undefined)
}

function withMember(thread: Thread, member: Member): Thread {
  const known = thread.members.some(({ id }) => id === member.id)
  const members = known
    ? thread.members.map((old) => (old.id === member.id ? member : old.person.id === member.person.id ? { ...old, person: member.person } : old))
    : [...thread.members, member]
  return { ...thread, members }
}

/** Whether both see equally far back. */
function seesAlike(a: Member | undefined, b: Member | undefined): boolean {
  return a?.first_seq === b?.first_seq && a?.first_note === b?.first_note
}

function onMember(state: State, id: number, member: Member): State {
  const at = state.conversations.get(id)
  const own = member.person.id === state.me.id
  if (own) state = { ...state, me: { ...state.me, ...member.person } }
  if (!at) return own && member.until === undefined ? want(state, id) : state
  const thread = withMember(at.thread, member)
  if (own && !presentMember(thread, state.me.id)) {
    const conversations = new Map(state.conversations)
    conversations.delete(id)
    return { ...state, conversations }
  }
  // Back after having left, or let in further: what may be seen is otherwise than before.
  const was = at.thread.members.find((old) => old.id === member.id)
  if (own && !(was && seesAlike(was, member))) return want(put(state, { ...at, thread }), id)
  return put(state, { ...at, thread })
}

function onRead(state: State, at: Conversation, person: number, seq: number, unread: number): State {
  const members = at.thread.members.map((member) =>
    member.person.id === person && member.until === undefined ? { ...member, read: seq } : member,
  )
  const mine = person === state.me.id
  return put(state, { ...at, thread: { ...at.thread, members, ...(mine ? { unread } : {}) } })
}

/** An answer that was taken back stays as `none`, so that an older page cannot bring it back. */
export function withReply(replies: readonly Reply[], reply: Reply): Reply[] {
  const others = replies.filter((old) => old.seq !== reply.seq || old.person !== reply.person)
  return [...others, reply].sort((a, b) => a.seq - b.seq || a.person - b.person)
}

function onReply(state: State, at: Conversation, reply: Reply): State {
  return put(state, { ...at, replies: withReply(at.replies, reply) })
}

function onNote(state: State, at: Conversation, id: number, note: Note): State {
  const isNew = id > at.at && note.id > (at.thread.notes ?? 0)
  const thread: Thread = {
    ...at.thread,
    notes: Math.max(at.thread.notes ?? 0, note.id),
    notes_unread: (at.thread.notes_unread ?? 0) + (isNew && note.author !== state.me.id ? 1 : 0),
  }
  return put(state, { ...at, thread, notes: withNote(at.notes, note) })
}

function onNeeds(state: State, at: Conversation, needs: Need[], handled: number): State {
  return put(state, { ...at, thread: { ...at.thread, needs, handled } })
}

/** Of each matter (a kind, and who would come) the newest. */
function withConsent(thread: Thread, consent: Consent): Thread {
  const others = thread.consents.filter((old) => old.kind !== consent.kind || old.person?.id !== consent.person?.id)
  const same = thread.consents.find((old) => !others.includes(old))
  if (same && same.id > consent.id) return thread
  return { ...thread, consents: [...others, consent].sort((a, b) => a.id - b.id) }
}

/** The state after an event. Hearing an event twice does no harm. */
export function apply(state: State, event: ServerEvent): State {
  if (event.event === 'typing' || event.id <= state.last) return state
  const next = { ...state, last: event.id }
  const at = next.conversations.get(event.thread)
  if (at && event.event === 'message') return onMessage(next, at, event.id, event.message)
  if (at && event.event === 'reply') return onReply(next, at, event.reply)
  if (event.event === 'gone') return withoutThread(next, event.thread)
  if (at && event.event === 'note') return onNote(next, at, event.id, event.note)
  if (at && event.id <= at.at) return next
  if (event.event === 'member') return onMember(next, event.thread, event.member)
  if (!at) return next
  switch (event.event) {
    case 'read':
      return onRead(next, at, event.person, event.seq, event.unread)
    case 'note_mark':
      return put(next, { ...at, thread: { ...at.thread, notes_unread: event.unread } })
    case 'needs':
      return onNeeds(next, at, event.needs, event.handled)
    case 'better':
      return put(next, { ...at, thread: { ...at.thread, better: event.better } })
    case 'consent':
      return put(next, { ...at, thread: withConsent(at.thread, event.consent) })
    case 'thread':
      return want(next, event.thread)
    default:
      return next
  }
}

/** An answer to the command thread. Where events told later things already, `state.last` is past `at`: it is asked again. */
export function withThread(state: State, answer: ThreadAnswer): State {
  if (answer.at < state.last) return want(state, answer.thread.id)
  const wanted = new Set(state.wanted)
  wanted.delete(answer.thread.id)
  const old = state.conversations.get(answer.thread.id)
  const me = presentMember(answer.thread, state.me.id)
  const next = old && seesAlike(presentMember(old.thread, state.me.id), me) ? { ...old, thread: answer.thread, at: answer.at } : conversation(answer.thread, answer.at)
  return { ...put(state, next), wanted }
}

/** The command thread found nothing, or it was erased: it is not ours any more. */
export function withoutThread(state: State, thread: number): State {
  const conversations = new Map(state.conversations)
  conversations.delete(thread)
  const wanted = new Set(state.wanted)
  wanted.delete(thread)
  return { ...state, conversations, wanted }
}

/** A page of history: the newest, or the one before what is loaded. */
export function withPage(state: State, page: Page): State {
  const at = state.conversations.get(page.thread)
  if (!at) return state
  // What was told while the page was on its way may be newer than it.
  const from = page.more ? (page.messages[0]?.seq ?? 0) : 0
  const messages = merge(merge(page.messages, at.messages), at.early.filter(({ seq }) => seq >= from))
  const early = at.early.filter(({ seq }) => seq < from)
  const older = at.loaded && (at.messages[0]?.seq ?? 0) < from ? at.older : page.more
  return put(state, met({ ...at, loaded: true, older, messages, early, replies: withReplies(at.replies, page.replies) }))
}

/** The answers of a page beside those that are known: what was told is newer. */
export function withReplies(known: readonly Reply[], more: readonly Reply[]): readonly Reply[] {
  for (const reply of more)
    if (!known.some((old) => old.seq === reply.seq && old.person === reply.person)) known = withReply(known, reply)
  return known
}

/** A page of notes. */
export function withNotePage(state: State, page: NotePage): State {
  const at = state.conversations.get(page.thread)
  return at ? put(state, { ...at, notes: withNotes(at.notes, page) }) : state
}

import assert from 'node:assert/strict'
import test from 'node:test'
import type { Member, Message, Person, ServerEvent, Thread, Welcome } from '../wire/protocol.ts'
import { apply, fresh, withPage, withThread } from './apply.ts'

const person = (id: number, role: Person['role'] = 'parent'): Person => ({ id, name: `p${id}`, role, speaks: ['ar'] })
const member = (id: number, of: Person, more: Partial<Member> = {}): Member => ({
  id, person: of, joined: 'roster', since: 0, since_seq: 0, first_seq: 1, ...more,
})
const message = (seq: number, sender: number, rev = seq + 100): Message => ({
  seq, rev, sender, client_id: `c${seq}`, sent: seq, language: 'ar', direction: 'rtl', body: `b${seq}`, versions: [],
})
const thread = (id: number, more: Partial<Thread> = {}): Thread => ({
  id, pupil: { id, name: 'Samir A', given: 'Samir' }, members: [member(1, person(1)), member(2, person(2, 'mentor'))], unread: 0, ...more,
})
const welcome = (threads: Thread[]): Welcome => ({
  mode: 'fresh', at: 100, log: 'l', now: 0, school: { name: 's', language: 'nl' }, me: person(1), threads,
})
const told = (id: number, at: number, what: Message): ServerEvent => ({ event: 'message', id, thread: at, message: what })

test('a message of another adds one to unread, an own one does not, and hearing it twice changes nothing', () => {
  let state = fresh(welcome([thread(7)]))
  state = apply(state, told(101, 7, message(1, 2, 101)))
  state = apply(state, told(102, 7, message(2, 1, 102)))
  assert.equal(state.conversations.get(7)?.thread.unread, 1)
  const again = apply(state, told(101, 7, message(1, 2, 101)))
  assert.equal(again, state)
})

test('a changed message is no new one', () => {
  let state = fresh(welcome([thread(7)]))
  state = apply(state, told(101, 7, message(1, 2, 101)))
  state = apply(state, told(102, 7, { ...message(1, 2, 102), withdrawn: 5 }))
  assert.equal(state.conversations.get(7)?.thread.unread, 1)
  assert.equal(state.conversations.get(7)?.thread.last?.withdrawn, 5)
})

test('a message that came as an event while a page was on its way is not lost, and a newer state of it is not undone', () => {
  let state = fresh(welcome([thread(7)]))
  state = apply(state, told(101, 7, { ...message(1, 2, 101), body: 'new' }))
  state = withPage(state, { at: 100, thread: 7, messages: [], replies: [], more: false })
  assert.deepEqual(state.conversations.get(7)?.messages.map(({ body }) => body), ['new'])
  state = withPage(state, { at: 100, thread: 7, messages: [{ ...message(1, 2, 99), body: 'old' }], replies: [], more: false })
  assert.deepEqual(state.conversations.get(7)?.messages.map(({ body }) => body), ['new'])
})

test('an older page comes in front, in order', () => {
  let state = fresh(welcome([thread(7, { last: message(4, 2) })]))
  state = withPage(state, { at: 100, thread: 7, messages: [message(3, 2), message(4, 2)], replies: [], more: true })
  state = withPage(state, { at: 100, thread: 7, messages: [message(1, 2), message(2, 2)], replies: [], more: false })
  assert.deepEqual(state.conversations.get(7)?.messages.map(({ seq }) => seq), [1, 2, 3, 4])
  assert.equal(state.conversations.get(7)?.older, false)
})

test('an answer that was taken back does not come back with a page', () => {
  let state = fresh(welcome([thread(7)]))
  state = apply(state, { event: 'reply', id: 101, thread: 7, reply: { seq: 1, person: 1, answer: 'none', at: 1 } })
  state = withPage(state, { at: 100, thread: 7, messages: [message(1, 2)], replies: [{ seq: 1, person: 1, answer: 'call_me', at: 0 }], more: false })
  assert.equal(state.conversations.get(7)?.replies[0]?.answer, 'none')
})

test('coming into an unknown conversation asks for it; leaving one forgets it', () => {
  let state = fresh(welcome([]))
  state = apply(state, { event: 'member', id: 101, thread: 7, member: member(9, person(1)) })
  assert.deepEqual([...state.wanted], [7])
  state = withThread(state, { at: 101, thread: thread(7, { members: [member(9, person(1))] }) })
  assert.equal(state.wanted.size, 0)
  state = apply(state, { event: 'member', id: 102, thread: 7, member: member(9, person(1), { until: 5, until_seq: 0 }) })
  assert.equal(state.conversations.size, 0)
})

test('an erased conversation is forgotten, also one that was to be fetched', () => {
  let state = fresh(welcome([thread(7), thread(8)]))
  state = apply(state, { event: 'thread', id: 101, thread: 7 })
  state = apply(state, { event: 'gone', id: 102, thread: 7 })
  assert.deepEqual([...state.conversations.keys()], [8])
  assert.equal(state.wanted.size, 0)
})

test('a thread fetched before later events is asked for again', () => {
  let state = fresh(welcome([thread(7)]))
  state = apply(state, told(105, 7, message(1, 2, 105)))
  state = withThread(state, { at: 104, thread: thread(7) })
  assert.deepEqual([...state.wanted], [7])
  assert.equal(state.conversations.get(7)?.thread.unread, 1)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, Page, Welcome } from '../wire/protocol.ts'
import { apply, fresh, withPage, type State } from './apply.ts'
import { onScreen, withAround, withFarNewer, withFarOlder } from './far.ts'

const message = (seq: number, rev = seq): Message => ({
  seq, rev, sender: 2, client_id: `c${seq}`, sent: seq, language: 'nl', direction: 'ltr', body: `${rev}`, versions: [],
})
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i))
const page = (from: number, to: number, more: boolean): Page => ({ at: 500, thread: 1, messages: range(from, to), replies: [], more })
const person = { id: 1, name: 'A', role: 'mentor' as const, speaks: [] }

function start(): State {
  const thread = { id: 1, pupil: { id: 9, name: 'S', given: 'S' }, members: [], consents: [], unread: 0, last: message(200) }
  const welcome: Welcome = { mode: 'fresh', at: 500, log: 'l', now: 0, school: { name: 'S', language: 'nl' }, me: person, threads: [thread] }
  return fresh(welcome)
}
const seqs = (state: State) => {
  const at = state.conversations.get(1)
  assert.ok(at)
  const shown = onScreen(at)
  const all = shown.messages.map(({ seq }) => seq)
  assert.deepEqual(all, range(all[0] ?? 1, all.at(-1) ?? 0).map(({ seq }) => seq), 'without a gap')
  return [all[0], all.at(-1), shown.newer, shown.older]
}

test('a part far back grows at both ends and becomes one with the newest when they meet', () => {
  let state = withPage(start(), page(151, 200, true))
  state = withAround(state, page(21, 50, true), page(51, 80, true))
  assert.deepEqual(seqs(state), [21, 80, true, true])
  state = withFarOlder(state, page(1, 20, false))
  assert.deepEqual(seqs(state), [1, 80, true, false])
  state = withFarNewer(state, page(81, 130, true))
  assert.deepEqual(seqs(state), [1, 130, true, false])
  state = withFarNewer(state, page(131, 180, true))
  assert.deepEqual(seqs(state), [1, 200, false, false])
})

test('it may come before the newest page, and reach the end itself', () => {
  let state = withAround(start(), page(161, 190, true), page(191, 200, false))
  assert.deepEqual(seqs(state), [161, 200, false, true])
  state = withPage(state, page(171, 200, true))
  assert.deepEqual(seqs(state), [161, 200, false, true])
  state = withPage(withAround(start(), page(21, 50, true), page(51, 80, true)), page(151, 200, true))
  assert.deepEqual(seqs(state), [21, 80, true, true])
})

test('what changes or comes meanwhile is there', () => {
  let state = withAround(withPage(start(), page(151, 200, true)), page(21, 50, true), page(51, 80, true))
  state = apply(state, { event: 'message', id: 501, thread: 1, message: message(30, 501) })
  state = apply(state, { event: 'message', id: 502, thread: 1, message: message(100, 502) })
  state = apply(state, { event: 'message', id: 503, thread: 1, message: message(201, 503) })
  const bodies = () => new Map((state.conversations.get(1) && onScreen(state.conversations.get(1)!).messages)?.map(({ seq, body }) => [seq, body]))
  assert.equal(bodies().get(30), '501')
  state = withFarNewer(state, page(81, 150, true))
  assert.equal(bodies().get(100), '502', 'an older page does not bring the old text back')
  assert.deepEqual([bodies().get(30), bodies().get(201)], ['501', '503'])
  assert.deepEqual(seqs(state), [21, 201, false, true])
})

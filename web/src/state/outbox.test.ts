import assert from 'node:assert/strict'
import test, { mock } from 'node:test'
import type { Message, Welcome } from '../wire/protocol.ts'
import { LineLost, WireError } from '../wire/socket.ts'
import { fresh } from './apply.ts'

const kept = new Map<string, string>()
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
})
const never = () => Promise.reject(new Error('no phrase'))
const { again, closeOutbox, drop, flush, openOutbox, outbox, settle, write } = await import('./outbox.ts')

function empty(person: number) {
  kept.clear()
  closeOutbox()
  openOutbox(person)
}

test('what was written without a line is there again after the page was closed, for its writer alone', async () => {
  empty(1)
  write(7, 'hallo', 'nl')
  await flush(() => Promise.reject(new LineLost()), never)
  closeOutbox()
  openOutbox(2)
  assert.deepEqual(outbox.value, [])
  openOutbox(1)
  assert.deepEqual(outbox.value.map(({ body }) => body), ['hallo'])
})

test('it is sent in the order it was written, with the same client_id however often', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  empty(1)
  write(7, 'een', 'nl')
  write(7, 'twee', 'nl')
  const sent: string[] = []
  const ids: string[] = []
  await flush((args) => {
    ids.push(args.client_id)
    return Promise.reject(new LineLost())
  })
  await flush((args) => {
    sent.push(args.body)
    ids.push(args.client_id)
    return Promise.resolve()
  })
  assert.deepEqual(sent, ['een', 'twee'])
  assert.equal(ids[0], ids[1])
  mock.timers.reset()
})

test('a message that the server refused waits for its writer, and those behind it go on', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  empty(1)
  write(7, 'bad', 'nl')
  write(7, 'good', 'nl')
  const sent: string[] = []
  const send = (args: { body: string }) => {
    if (args.body === 'bad') return Promise.reject(new WireError({ code: 'invalid', field: 'body', reason: 'marks' }))
    sent.push(args.body)
    return Promise.resolve()
  }
  await flush(send, never)
  assert.deepEqual(sent, ['good'])
  const bad = outbox.value.find(({ body }) => body === 'bad')
  assert.equal(bad?.problem?.reason, 'marks')
  again(bad?.client_id ?? '')
  assert.equal(outbox.value.find(({ body }) => body === 'bad')?.problem, undefined)
  assert.equal(drop(bad?.client_id ?? '')?.body, 'bad')
  mock.timers.reset()
})

test('a message that is in the conversation leaves the outbox: no double', () => {
  empty(1)
  write(7, 'hallo', 'nl')
  const client_id = outbox.value[0]?.client_id ?? ''
  const last: Message = {
    seq: 1, rev: 1, sender: 1, client_id, sent: 0, language: 'nl', direction: 'ltr', body: 'hallo', versions: [],
  }
  const welcome: Welcome = {
    mode: 'fresh', at: 1, log: 'l', now: 0, school: { name: 's', language: 'nl' }, me: { id: 1, name: 'p', role: 'parent', speaks: [] },
    threads: [{ id: 7, pupil: { id: 1, name: 'n', given: 'n' }, members: [], unread: 0, last }],
  }
  settle(fresh(welcome))
  assert.deepEqual(outbox.value, [])
})

test('a phrase waits as other messages do, and goes as a phrase', async () => {
  empty(1)
  write(7, 'Samir is vandaag ziek.', 'nl', { phrase: { phrase: 'my.ill_today' } })
  const sent: unknown[] = []
  await flush(
    () => Promise.reject(new Error('it is no text')),
    (args) => {
      const { client_id: _, ...rest } = args
      sent.push(rest)
      return Promise.resolve()
    },
  )
  assert.deepEqual(sent, [{ thread: 7, language: 'nl', phrase: 'my.ill_today' }])
})

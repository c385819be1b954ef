import assert from 'node:assert/strict'
import test from 'node:test'
import { LineLost, WireError } from '../wire/socket.ts'

const kept = new Map<string, string>()
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
})
const { closeTaps, flushTaps, openTaps, refused, tap, taps } = await import('./taps.ts')

function empty() {
  kept.clear()
  closeTaps()
  openTaps(1)
}

test('a tap without a line waits, also when the page is closed, and the last one at a message counts', async () => {
  empty()
  tap({ thread: 7, seq: 1, answer: 'understood' })
  tap({ thread: 7, seq: 1, answer: 'call_me' })
  await flushTaps(() => Promise.reject(new LineLost()))
  closeTaps()
  openTaps(1)
  const said: string[] = []
  await flushTaps(({ answer }) => {
    said.push(answer)
    return Promise.resolve()
  })
  assert.deepEqual(said, ['call_me'])
  assert.deepEqual(taps.value, [])
})

test('a tap that is changed while it is on its way is said again', async () => {
  empty()
  const said: string[] = []
  tap({ thread: 7, seq: 1, answer: 'understood' })
  await flushTaps(({ answer }) => {
    said.push(answer)
    if (answer === 'understood') tap({ thread: 7, seq: 1, answer: 'not_understood' })
    return Promise.resolve()
  })
  assert.deepEqual(said, ['understood', 'not_understood'])
})

test('a refused tap is given up and said once, and those behind it go on', async () => {
  empty()
  const said: number[] = []
  tap({ thread: 7, seq: 1, answer: 'understood' })
  tap({ thread: 7, seq: 2, answer: 'understood' })
  await flushTaps(({ seq }) => {
    if (seq === 1) return Promise.reject(new WireError({ code: 'conflict', reason: 'withdrawn' }))
    said.push(seq)
    return Promise.resolve()
  })
  assert.deepEqual(said, [2])
  assert.equal(refused.value?.problem.reason, 'withdrawn')
  assert.deepEqual(taps.value, [])
})

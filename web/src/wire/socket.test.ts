import assert from 'node:assert/strict'
import test, { mock } from 'node:test'
import { LineLost, Socket, WireError, type Line, type World } from './socket.ts'

/** A WebSocket that a test holds in its hands. */
class Fake {
  static open: Fake[] = []
  readyState = 0
  sent: { do: string; ref: number }[] = []
  onopen: () => void = () => undefined
  onmessage: (frame: { data: string }) => void = () => undefined
  onclose: (close: { code: number }) => void = () => undefined
  constructor() {
    Fake.open.push(this)
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as { do: string; ref: number })
  }
  close(code: number) {
    this.gone(code)
  }
  up() {
    this.readyState = 1
    this.onopen()
  }
  gone(code = 1006) {
    this.readyState = 3
    this.onclose({ code })
  }
  hear(...items: unknown[]) {
    this.onmessage({ data: JSON.stringify(items) })
  }
}

const settled = () => new Promise((done) => setImmediate(done))

function set() {
  Fake.open = []
  const lines: Line[] = []
  const events: unknown[] = []
  Object.assign(globalThis, { WebSocket: { OPEN: 1 } })
  const world: World = { open: () => new Fake() as unknown as WebSocket, isOnline: () => true, random: () => 0 }
  const socket: Socket = new Socket(
    { hello: async () => void (await socket.say('hello', {})), event: (event) => events.push(event), line: (line) => lines.push(line) },
    world,
  )
  return { socket, lines, events }
}

test('it is live only after hello was answered', async () => {
  const { socket, lines } = set()
  socket.start()
  const fake = Fake.open[0] as Fake
  fake.up()
  assert.deepEqual(lines, ['connecting'])
  fake.hear({ ref: fake.sent[0]?.ref, ok: {} })
  await settled()
  assert.deepEqual(lines, ['connecting', 'live'])
  socket.stop()
})

test('an answer, an error and an event of one frame go where they belong', async () => {
  const { socket, events } = set()
  socket.start()
  const fake = Fake.open[0] as Fake
  fake.up()
  const read = socket.say('read', { thread: 1, seq: 2 })
  const bad = socket.say('read', { thread: 9, seq: 2 })
  fake.hear({ ref: 2, ok: { read: 2, unread: 0 } }, { event: 'typing', thread: 1, person: 2 }, { ref: 3, error: { code: 'not_found' } })
  assert.deepEqual(await read, { read: 2, unread: 0 })
  await assert.rejects(bad, (error: unknown) => error instanceof WireError && error.problem.code === 'not_found')
  assert.equal(events.length, 1)
  socket.stop()
})

test('a lost line fails what waits and is opened again, later each time', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    const { socket } = set()
    socket.start()
    Fake.open[0]?.up()
    const waiting = socket.say('read', { thread: 1, seq: 2 })
    Fake.open[0]?.gone()
    await assert.rejects(waiting, LineLost)
    mock.timers.tick(249)
    assert.equal(Fake.open.length, 1)
    mock.timers.tick(1)
    assert.equal(Fake.open.length, 2)
    Fake.open[1]?.gone()
    mock.timers.tick(499)
    assert.equal(Fake.open.length, 2)
    mock.timers.tick(1)
    assert.equal(Fake.open.length, 3)
    socket.stop()
  } finally {
    mock.timers.reset()
  }
})

test('a session that ended is not tried again', () => {
  const { socket, lines } = set()
  socket.start()
  Fake.open[0]?.up()
  Fake.open[0]?.gone(4401)
  assert.equal(lines.at(-1), 'signed-out')
  socket.nudge()
  assert.equal(Fake.open.length, 1)
})

test('an answer is told before the event that stands behind it in the frame', async () => {
  const { socket, events } = set()
  socket.start()
  const fake = Fake.open[0] as Fake
  fake.up()
  const heard: number[] = []
  const said = socket.say('read', { thread: 1, seq: 2 }, () => heard.push(events.length))
  fake.hear({ ref: 2, ok: { read: 2, unread: 0 } }, { event: 'typing', thread: 1, person: 2 })
  await said
  assert.deepEqual([heard, events.length], [[0], 1])
  socket.stop()
})

test('what the server would hang up on is refused here: it would hang up the next line too', async () => {
  const { socket } = set()
  socket.start()
  const fake = Fake.open[0] as Fake
  fake.up()
  const said = fake.sent.length
  await assert.rejects(
    socket.say('send', { thread: 1, client_id: 'c', body: 'ا'.repeat(40_000) }),
    (error) => error instanceof WireError && error.problem.reason === 'too_long',
  )
  assert.equal(fake.sent.length, said)
  socket.stop()
})

// The line to the server: one WebSocket, opened again whenever it is lost.
//
// Knows frames, refs and close codes, and nothing of what is said. What it needs of the outside comes in as `world`, so a test
// can be the network, the clock and the dice.

import type { Commands, Problem, ServerEvent } from './protocol.ts'

export type Line = 'connecting' | 'live' | 'offline' | 'signed-out'

/** What a command ended with when not with an answer. */
export class WireError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

/** The line was lost before the answer came: it may or may not have been done. */
export class LineLost extends Error {}

export interface Listener {
  /** The line is open: say hello. Resolves when the state is told; the line is live from then on. */
  hello(): Promise<void>
  event(event: ServerEvent): void
  line(line: Line): void
}

export interface World {
  open(): WebSocket
  isOnline(): boolean
  random(): number
}

type Item =
  | ServerEvent
  | { ref: number; ok: unknown; event?: undefined }
  | { ref?: number; error: Problem; event?: undefined }

interface Waiting {
  done(ok: unknown): void
  fail(error: Error): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000
const ANSWER_MS = 20_000
const SIGNED_OUT = 4401
/** What the server takes in one frame is 64 KiB; past that it hangs up, and what is sent again on the next line would hang that up too. */
const FRAME_MAX_BYTES = 60_000

export class Socket {
  private socket: WebSocket | null = null
  private ref = 0
  private waiting = new Map<number, Waiting>()
  private tries = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private stopped = false
  private readonly listener: Listener
  private readonly world: World

  constructor(listener: Listener, world: World) {
    this.listener = listener
    this.world = world
  }

  /** Opens the line and keeps it open until stop(). */
  start(): void {
    this.stopped = false
    if (!this.socket) this.connect()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    this.socket?.close(1000)
  }

  /** The network may be back, or the page is looked at again: do not wait for the timer. */
  nudge(): void {
    if (this.stopped || this.socket) return
    clearTimeout(this.timer)
    this.tries = 0
    this.connect()
  }

  /** The device says that it has no network: what is open is open in name only, and may stay so for minutes. */
  cut(): void {
    const socket = this.socket
    if (!socket) return
    this.lost(socket, 0)
    socket.close(4000)
  }

  /** Says a command. Rejects with WireError, or LineLost when no answer will come. `told` is called with the answer before the
   * events that stand behind it in the same frame; the promise resolves after them. */
  say<C extends keyof Commands>(command: C, args: Commands[C]['args'], told?: (answer: Commands[C]['answer']) => void): Promise<Commands[C]['answer']> {
    const socket = this.socket
    if (!socket || socket.readyState !== WebSocket.OPEN) return Promise.reject(new LineLost())
    const ref = ++this.ref
    const frame = JSON.stringify({ do: command, ref, ...args })
    if (frame.length > FRAME_MAX_BYTES / 3 && new TextEncoder().encode(frame).length > FRAME_MAX_BYTES)
      return Promise.reject(new WireError({ code: 'invalid', reason: 'too_long' }))
    return new Promise((done, fail) => {
      const late = setTimeout(() => {
        // A line on which nothing comes back is no line: phones keep dead ones open for minutes.
        this.waiting.delete(ref)
        fail(new LineLost())
        socket.close(4000)
        this.lost(socket, 0)
      }, ANSWER_MS)
      this.waiting.set(ref, {
        done: (ok) => {
          clearTimeout(late)
          told?.(ok as Commands[C]['answer'])
          done(ok as Commands[C]['answer'])
        },
        fail: (error) => {
          clearTimeout(late)
          fail(error)
        },
      })
      socket.send(frame)
    })
  }

  private connect(): void {
    this.listener.line(this.world.isOnline() ? 'connecting' : 'offline')
    const socket = this.world.open()
    this.socket = socket
    socket.onopen = () => {
      this.listener.hello().then(
        () => {
          if (this.socket !== socket) return
          this.tries = 0
          this.listener.line('live')
        },
        () => {
          if (this.socket === socket) socket.close(4000)
        },
      )
    }
    socket.onmessage = (frame) => this.frame(String(frame.data))
    socket.onclose = (close) => this.lost(socket, close.code)
  }

  private frame(text: string): void {
    for (const item of JSON.parse(text) as Item[]) {
      if (item.event !== undefined) {
        this.listener.event(item)
        continue
      }
      if (item.ref === undefined) continue
      const waiting = this.waiting.get(item.ref)
      this.waiting.delete(item.ref)
      if ('error' in item) waiting?.fail(new WireError(item.error))
      else waiting?.done(item.ok)
    }
  }

  private lost(socket: WebSocket, code: number): void {
    if (this.socket !== socket) return
    this.socket = null
    const waiting = [...this.waiting.values()]
    this.waiting.clear()
    for (const { fail } of waiting) fail(new LineLost())
    if (this.stopped) return
    if (code === SIGNED_OUT) {
      this.stopped = true
      this.listener.line('signed-out')
      return
    }
    this.listener.line(this.world.isOnline() ? 'connecting' : 'offline')
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries++)
    // Half of it by chance, so that a school does not come back all at once.
    this.timer = setTimeout(() => this.connect(), wait / 2 + (this.world.random() * wait) / 2)
  }
}

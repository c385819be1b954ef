// Answers that were tapped and that the server has not heard yet. A tap is as good as a message: without a line it waits, and it is there
// again after the page was closed.

import { signal } from '@preact/signals'
import type { Answer, Problem } from '../wire/protocol.ts'
import { WireError } from '../wire/socket.ts'
import { keep, kept } from './keep.ts'

export interface Tap {
  thread: number
  seq: number
  answer: Answer
}

type Say = (tap: Tap) => Promise<unknown>

export const taps = signal<readonly Tap[]>([])

/** The last one that the server refused: it is said once, at its message. */
export const refused = signal<{ tap: Tap; problem: Problem } | null>(null)

let owner = 0
let busy = false

function store(next: readonly Tap[]): void {
  taps.value = next
  keep(`taps.${owner}`, next.length > 0 ? next : undefined)
}

export function openTaps(person: number): void {
  if (owner === person) return
  owner = person
  taps.value = kept<Tap[]>(`taps.${person}`) ?? []
}

export function closeTaps(): void {
  owner = 0
  taps.value = []
  refused.value = null
}

/** Taps an answer: the last tap at a message counts. */
export function tap(given: Tap): void {
  refused.value = null
  store([...taps.value.filter(({ thread, seq }) => thread !== given.thread || seq !== given.seq), given])
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Says what waits, in order, until the line is lost. A tap that was changed meanwhile is said again. */
export async function flushTaps(say: Say): Promise<void> {
  if (busy) return
  busy = true
  try {
    for (;;) {
      const next = taps.value[0]
      if (!next) return
      try {
        await say(next)
        store(taps.value.filter((one) => one !== next))
      } catch (error) {
        if (!(error instanceof WireError)) return
        if (error.problem.retry_ms !== undefined) await pause(error.problem.retry_ms)
        else {
          store(taps.value.filter((one) => one !== next))
          refused.value = { tap: next, problem: error.problem }
        }
      }
    }
  } finally {
    busy = false
  }
}

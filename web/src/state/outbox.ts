// Messages that were written and are not on the server's disk yet, as far as we know. A message keeps its client_id until it is seen in the
// conversation, so however often it is sent, it is there once.

import { signal } from '@preact/signals'
import type { AttachmentKind, Commands, Problem } from '../wire/protocol.ts'
import { LineLost, WireError } from '../wire/socket.ts'
import { keep, kept } from './keep.ts'
import { dropParcel } from './parcels.ts'
import type { State } from './apply.ts'
import { uuid7 } from './uuid.ts'

/** Something that goes with a message; its bytes are in parcels.ts. */
export interface Parcel {
  id: string
  kind: AttachmentKind
  bytes: number
  /** Of a document: what it is called. */
  name?: string
  /** Of a voice message. */
  duration_ms?: number
  peaks?: string
  /** What the server calls it, once it is there. */
  file?: number
}

export interface Waiting {
  client_id: string
  thread: number
  body: string
  language: string
  written: number
  /** It is a phrase of the list: its key and its parts. The body is what its writer saw. */
  phrase?: Phrase
  parcels?: readonly Parcel[]
  /** A translation that was spoken, of the message with this number; it is no message of its own. */
  of?: number
  /** The server had forgotten what was uploaded: it went up once more. */
  twice?: boolean
  /** Set when the server refused it: it goes again only when the writer says so. */
  problem?: Problem
}

/** How things are said: a message, a spoken translation, and the bytes of a parcel. */
export type Send = (args: Commands['send']['args']) => Promise<unknown>
type Phrase = Omit<Commands['phrase']['args'], 'thread' | 'client_id' | 'language'>
type Say = (args: Commands['phrase']['args']) => Promise<unknown>
export type Version = (args: Commands['version']['args']) => Promise<unknown>

export const outbox = signal<readonly Waiting[]>([])

/** How far each parcel is, from 0 to 1, while it goes. */
export const going = signal<Readonly<Record<string, number>>>({})

let owner = 0
let busy = false

/** What another window of the same person keeps stays kept: each window sends its own, and a page that opens sends them all. */
function store(next: readonly Waiting[]): void {
  const mine = new Set([...outbox.value, ...next].map(({ client_id }) => client_id))
  const others = (kept<Waiting[]>(`outbox.${owner}`) ?? []).filter(({ client_id }) => !mine.has(client_id))
  const stay = new Set(next.map(({ client_id }) => client_id))
  for (const { client_id, parcels } of outbox.value) if (!stay.has(client_id)) for (const { id } of parcels ?? []) void dropParcel(id)
  outbox.value = next
  keep(`outbox.${owner}`, next.length + others.length > 0 ? [...others, ...next] : undefined)
}

/** Whose outbox it is: what they wrote before the page was closed comes back. */
export function openOutbox(person: number): void {
  if (owner === person) return
  owner = person
  outbox.value = kept<Waiting[]>(`outbox.${person}`) ?? []
}

export function closeOutbox(): void {
  owner = 0
  outbox.value = []
}

export function write(thread: number, body: string, language: string, more: Pick<Waiting, 'parcels' | 'of' | 'phrase'> = {}): void {
  store([...outbox.value, { client_id: uuid7(), thread, body, language, written: Date.now(), ...more }])
}

export function change(client_id: string, with_: (waiting: Waiting) => Waiting): void {
  store(outbox.value.map((waiting) => (waiting.client_id === client_id ? with_(waiting) : waiting)))
}

/** The writer says so: once more. */
export function again(client_id: string): void {
  store(
    outbox.value.map((waiting) => {
      if (waiting.client_id !== client_id) return waiting
      const { problem: _, ...rest } = waiting
      return rest
    }),
  )
}

/** The writer gives a message up; its text is theirs again. */
export function drop(client_id: string): Waiting | undefined {
  const found = outbox.value.find((waiting) => waiting.client_id === client_id)
  store(outbox.value.filter((waiting) => waiting.client_id !== client_id))
  return found
}

/** The conversation was erased: what waits for it is nobody's any more. */
export function forget(thread: number): void {
  const left = outbox.value.filter((waiting) => waiting.thread !== thread)
  if (left.length !== outbox.value.length) store(left)
}

/** What is in the conversations by now leaves the outbox. */
export function settle(state: State): void {
  if (outbox.value.length === 0) return
  const seen = new Set<string>()
  for (const { thread, messages } of state.conversations.values())
    for (const message of thread.last ? [...messages, thread.last] : messages)
      if (message.sender === state.me.id) seen.add(message.client_id)
  const left = outbox.value.filter((waiting) => !seen.has(waiting.client_id))
  if (left.length !== outbox.value.length) store(left)
}

export function fail(client_id: string, problem: Problem): void {
  change(client_id, (waiting) => ({ ...waiting, problem }))
}

export const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** All that goes with it is on the server. */
export const isReady = ({ parcels }: Waiting): boolean => (parcels ?? []).every(({ file }) => file !== undefined)

function tell(waiting: Waiting, send: Send, say: Say, version: Version | undefined): Promise<unknown> {
  const { thread, client_id, body, language, parcels, of, phrase } = waiting
  if (phrase) return say({ thread, client_id, language, ...phrase })
  const files = (parcels ?? []).flatMap(({ file }) => (file === undefined ? [] : [file]))
  const text = body ? { body } : {}
  if (of !== undefined && version) return version({ thread, seq: of, language, ...text, ...(files[0] === undefined ? {} : { file: files[0] }) })
  return send({ thread, client_id, ...text, language, ...(files.length > 0 ? { files } : {}) })
}

/** Sends what waits, in the order it was written, until the line is lost. What still goes up is left for the next time. */
export async function flush(send: Send, say: Say, version?: Version): Promise<void> {
  if (busy) return
  busy = true
  const done = new Set<string>()
  try {
    for (;;) {
      const next = outbox.value.find((waiting) => !waiting.problem && isReady(waiting) && !done.has(waiting.client_id))
      if (!next) return
      const { client_id } = next
      try {
        await tell(next, send, say, version)
        done.add(client_id)
        // Acknowledged is on disk. Its event shows it; until then the entry stands for it.
        setTimeout(() => store(outbox.value.filter((waiting) => waiting.client_id !== client_id)), 5000)
      } catch (error) {
        if (!(error instanceof WireError)) {
          if (error instanceof LineLost) return
          throw error
        }
        // It was not the message: it goes when its writer is signed in again.
        if (error.problem.code === 'signed_out') return
        if (error.problem.retry_ms !== undefined) await pause(error.problem.retry_ms)
        else if (next.parcels && !next.twice && error.problem.code === 'not_found')
          change(client_id, (waiting) => ({ ...waiting, twice: true, parcels: (waiting.parcels ?? []).map(({ file: _, ...one }) => one) }))
        else fail(client_id, error.problem)
      }
    }
  } finally {
    busy = false
  }
}

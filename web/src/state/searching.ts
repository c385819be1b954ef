// Searching what was said: what is typed, what was found. It stays while somebody looks at a place that was found and comes back.

import { batch, computed, signal } from '@preact/signals'
import type { Hit, Problem } from '../wire/protocol.ts'
import { LineLost, WireError } from '../wire/socket.ts'
import { search } from './connection.ts'
import { me } from './store.ts'

/** While somebody types, the question waits for a pause: a search costs as much as ten words. */
const PAUSE_MS = 400
/** A letter alone finds everything, except where a letter is a word. */
const A_WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}].*[\p{L}\p{N}]/su

export interface Found {
  query: string
  hits: readonly Hit[]
  /** Where to go on; undefined: that was all. */
  next: string | undefined
}

export const query = signal('')
const answer = signal<(Found & { person: number }) | null>(null)
export const busy = signal(false)
/** What went wrong with the last question; 'line': it is asked again when there is one. */
export const trouble = signal<Problem | 'line' | null>(null)

/** What was found for what is typed; another person of the same phone is shown nothing of it. */
export const found = computed<Found | null>(() => (answer.value && answer.value.person === me.value?.id ? answer.value : null))

export function worthAsking(text: string): boolean {
  return A_WORD.test(text.normalize('NFC'))
}

let timer: ReturnType<typeof setTimeout> | undefined
let asked = 0

/** What is typed now; the question follows after a pause. */
export function type(text: string): void {
  clearTimeout(timer)
  query.value = text
  asked++
  if (!worthAsking(text)) {
    batch(() => {
      answer.value = null
      busy.value = false
      trouble.value = null
    })
    return
  }
  timer = setTimeout(() => void ask(), PAUSE_MS)
}

/** Asks now. */
export function ask(): Promise<void> {
  clearTimeout(timer)
  return worthAsking(query.value) ? run(undefined) : Promise.resolve()
}

/** The page after what was found. */
export function more(): Promise<void> {
  return found.value?.next === undefined || busy.value ? Promise.resolve() : run(found.value)
}

async function run(before: Found | undefined): Promise<void> {
  const mine = ++asked
  const text = query.value.trim()
  const person = me.value?.id ?? 0
  busy.value = true
  trouble.value = null
  try {
    const { hits, next } = await search({ query: text, ...(before?.next ? { before: before.next } : {}) })
    if (mine !== asked) return
    answer.value = { query: text, person, hits: [...(before?.hits ?? []), ...hits], next }
  } catch (error) {
    if (mine !== asked) return
    if (error instanceof LineLost) trouble.value = 'line'
    else if (error instanceof WireError) trouble.value = error.problem
    else throw error
  } finally {
    if (mine === asked) busy.value = false
  }
}

// Phrases that a person has spoken: which there are, hearing one, and speaking one. Asked when somebody comes where it matters.

import { signal } from '@preact/signals'
import { ask } from '../state/connection.ts'
import { family, me } from '../state/store.ts'
import { ownLanguage } from '../app/written.ts'
import type { Problem, Recording } from '../wire/protocol.ts'
import { LineLost, WireError } from '../wire/socket.ts'
import { baseOf } from '../words/intl.ts'
import { sameLanguage } from '../words/shown.ts'

/** What is shown together asks once; what comes later may have been spoken meanwhile. */
const GOOD_MS = 5000

const list = signal<{ of: number; at: number; recordings: readonly Recording[] } | null>(null)
let asking: Promise<void> | null = null

/** What is known of them. */
export const recordings = (): readonly Recording[] => (list.value?.of === me.value?.id ? (list.value?.recordings ?? []) : [])

/** Asks anew. A family hears its own language only. */
export function lookAgain(): Promise<void> {
  const of = me.value?.id ?? 0
  asking ??= ask('recordings', family.value ? { language: ownLanguage() } : {}).then(
    (answer) => {
      list.value = { of, at: Date.now(), recordings: answer.recordings }
    },
    () => undefined,
  ).finally(() => {
    asking = null
  })
  return asking
}

/** Asks where it was not asked lately. */
export function look(): void {
  if (list.value?.of !== me.value?.id || Date.now() - (list.value?.at ?? 0) > GOOD_MS) void lookAgain()
}

export function recordingOf(phrase: string, language: string): Recording | undefined {
  return recordings().find((one) => one.phrase === phrase && sameLanguage(one.language, language))
}

/** Whether it can be heard. */
export function isSpoken(phrase: string, language: string): boolean {
  const found = recordingOf(phrase, language)
  return found !== undefined && !found.changed
}

export const soundOf = (phrase: string, language: string): string => `/api/recording?${new URLSearchParams({ phrase, language: baseOf(language) })}`

/** Keeps what was spoken, in the place of what was there. */
export async function speak(phrase: string, language: string, blob: Blob): Promise<void> {
  const answer = await fetch(soundOf(phrase, language), { method: 'POST', body: blob, headers: { 'content-type': 'application/octet-stream' } }).catch(() => undefined)
  if (!answer?.ok) {
    const problem = (await answer?.json().catch(() => undefined)) as Problem | undefined
    throw problem?.code ? new WireError(problem) : new LineLost()
  }
  await lookAgain()
}

export async function takeAway(phrase: string, language: string): Promise<void> {
  await ask('recording_withdraw', { phrase, language })
  await lookAgain()
}

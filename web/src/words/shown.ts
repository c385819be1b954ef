// Which version of a message a reader sees first.
//
// In the language of the original: the newest correction, else the original. In another: the newest version in it, a person's before the
// school's phrase (or a machine's that a person found right) before a machine's, leaving out those that are older than the newest correction: they say what is no longer meant.

import type { Direction, Message, Origin } from '../wire/protocol.ts'
import { baseOf } from './intl.ts'

export interface Shown {
  body: string
  language: string
  direction: Direction
  /** Which of its versions; undefined: the original. */
  n?: number
  /** Undefined: the original as it was written. */
  origin?: Origin
  author?: number
  /** Who looked at a machine's words and found them right. */
  checked_by?: number
  /** Of a phrase: somebody whose own language it is has read it in the list. */
  native?: boolean
  /** The machine that made it. */
  engine?: string
  /** The original, where something else is shown. */
  original?: { body: string; language: string; direction: Direction }
}

const RANK: Record<Origin, number> = { correction: 3, person: 3, phrase: 2, machine: 1 }

/** A machine's words that a person found right are as good as a phrase of the list. */
function rank({ origin, checked_by }: { origin: Origin; checked_by?: number }): number {
  return origin === 'machine' && checked_by !== undefined ? RANK.phrase : RANK[origin]
}

export function sameLanguage(a: string, b: string): boolean {
  return baseOf(a) === baseOf(b)
}

/** Undefined for a message that was withdrawn. */
export function shownTo(message: Message, language: string): Shown | undefined {
  if (message.body === undefined) return undefined
  const original = { body: message.body, language: message.language, direction: message.direction }
  const corrections = message.versions.filter(({ origin }) => origin === 'correction')
  const correction = corrections.at(-1)
  const spoken = correction ? { ...correction, original } : original
  if (sameLanguage(message.language, language)) return spoken
  const best = message.versions
    .filter((version) => sameLanguage(version.language, language) && version.n > (correction?.n ?? 0))
    .sort((a, b) => rank(b) - rank(a) || b.n - a.n)[0]
  if (!best) return spoken
  return { ...best, original: correction ? { body: correction.body, language: correction.language, direction: correction.direction } : original }
}

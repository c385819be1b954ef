// Which version of a message a reader sees first.
//
// In the language of the original: the newest correction, else the original. In another: the newest version in it, a person's before the
// school's phrase (or a machine's that a person found right) before a machine's, leaving out those that are older than the newest correction: they say what is no longer meant.

import type { Attachment, Balance, Direction, Message, Origin, Version } from '../wire/protocol.ts'
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
  /** Where it was spoken. */
  voice?: Attachment
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
  // What was only spoken is read where somebody wrote it down, in its own language too.
  if (spoken.body && sameLanguage(message.language, language)) return spoken
  const best = message.versions
    .filter((version) => sameLanguage(version.language, language) && version.n > (correction?.n ?? 0))
    // What was only spoken leaves the words of others to be read; it is heard beside them (spokenTo).
    .sort((a, b) => Number(b.body !== '') - Number(a.body !== '') || rank(b) - rank(a) || b.n - a.n)[0]
  if (!best) return spoken
  return { ...best, original: correction ? { body: correction.body, language: correction.language, direction: correction.direction } : original }
}

/** What people said aloud of a message, in the languages that somebody understands: the newest in each that is still meant. */
export function spokenTo(message: Message, languages: readonly string[]): Version[] {
  const since = message.versions.filter(({ origin }) => origin === 'correction').at(-1)?.n ?? 0
  const spoken = message.versions.filter(({ voice, n }) => voice !== undefined && n > since)
  return spoken.filter(
    (one) => languages.some((language) => sameLanguage(language, one.language)) && !spoken.some((other) => other.n > one.n && sameLanguage(other.language, one.language)),
  )
}

/** The wordings of a message in the order somebody wants them: what is read first, what stands beside it at once, what is one tap away. */
export interface Balanced {
  first: Shown
  beside?: Shown
  hidden: readonly Wording[]
}

export interface Wording {
  body: string
  language: string
  direction: Direction
  origin?: Origin
  author?: number
  /** What was written before it was corrected. */
  before?: boolean
}

function same(a: Wording, b: Wording): boolean {
  return a.body === b.body && sameLanguage(a.language, b.language)
}

/** The original behind one or two wordings, if it is neither of them. */
function behind(shown: readonly Shown[]): Wording[] {
  const hidden: Wording[] = []
  for (const { original, origin } of shown)
    if (original && ![...shown, ...hidden].some((other) => same(other, original))) hidden.push(origin === 'correction' ? { ...original, before: true } : original)
  return hidden
}

/** For a reader of a language `own` at a school of a language `school`. Undefined for a message that was withdrawn. */
export function balanced(message: Message, own: string, school: string, balance: Balance): Balanced | undefined {
  const mine = shownTo(message, own)
  if (!mine) return undefined
  const theirs = shownTo(message, school)
  if (balance === 'own' || !theirs || !sameLanguage(theirs.language, school) || same(mine, theirs)) return { first: mine, hidden: behind([mine]) }
  if (balance === 'both') return { first: mine, beside: theirs, hidden: behind([mine, theirs]) }
  return { first: theirs, hidden: [mine, ...behind([theirs, mine])] }
}

/** One wording in the story of a message. */
export interface Past extends Wording {
  /** 0: the original. */
  n: number
  at: number
  /** `now`: whoever reads its language is shown it; `corrected`: it says what is no longer meant; else a better one came. */
  state: 'now' | 'corrected' | 'replaced'
}

/** Every wording a message ever had, in the order they came. */
export function historyOf(message: Message): Past[] {
  if (message.body === undefined) return []
  const corrections = message.versions.filter(({ origin }) => origin === 'correction')
  const newest = corrections.at(-1)
  const state = (version: Version): Past['state'] => {
    if (version.origin === 'correction') return version === newest ? 'now' : 'corrected'
    if (version.n < (newest?.n ?? 0)) return 'corrected'
    if (version.voice) return spokenTo(message, [version.language])[0]?.n === version.n ? 'now' : 'replaced'
    return shownTo(message, version.language)?.n === version.n ? 'now' : 'replaced'
  }
  const { body, language, direction, sent, sender } = message
  return [
    { n: 0, body, language, direction, author: sender, at: sent, state: newest ? 'corrected' : 'now' },
    ...message.versions.map((version) => ({ ...version, author: version.author ?? (version.origin === 'correction' ? sender : 0), state: state(version) })),
  ]
}

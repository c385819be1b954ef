// The phrase list in the browser: the same files that the server has (locales/phrases/), so that what is seen before sending is what is sent. A
// language is fetched when it is needed.

import { IntlMessageFormat } from 'intl-messageformat'
import { calendarDay, type FamilyCalendar } from './calendar.ts'
import { fetched } from './fetched.ts'
import { baseOf, localesOf } from './intl.ts'

export interface Phrase {
  key: string
  category: string
  picture: string
  from: 'school' | 'family' | 'both'
}

interface Dates {
  months: readonly string[]
  weekdays: readonly string[]
  pattern: string
  /** The calendar that families keep beside the Gregorian one. */
  family?: { calendar: FamilyCalendar; months: readonly string[]; pattern: string }
}

export interface PhraseWords {
  language: { tag: string; dates: Dates }
  phrases: Record<string, { state: 'source' | 'machine' | 'native'; text: string }>
}

/** What a phrase can be asked for; the child's name is the conversation's. */
export const PARTS = ['name', 'place', 'date', 'time', 'number', 'gender'] as const
export type Part = (typeof PARTS)[number]
export type Gender = 'female' | 'male' | 'other'

/** As they go over the wire. */
export interface Parts {
  name?: string
  place?: string
  date?: string
  time?: string
  number?: number
  gender?: Gender
}

const SOURCE = 'nl'
const RTL = new Set(['ar', 'fa', 'prs', 'ps', 'ckb'])
const files = import.meta.glob<PhraseWords>(['../../../locales/phrases/*.json', '!../../../locales/phrases/list.json'], { import: 'default' })
const byTag = new Map(Object.entries(files).map(([path, load]) => [/([^/]+)\.json$/.exec(path)?.[1] ?? '', load]))

export const phraseTags: readonly string[] = [...byTag.keys()]

export async function phraseList(): Promise<readonly Phrase[]> {
  const { default: list } = await fetched(() => import('../../../locales/phrases/list.json'))
  return list.phrases as Phrase[]
}

/** The list in a language; undefined where it has none. */
export async function phrasesIn(tag: string): Promise<PhraseWords | undefined> {
  const load = byTag.get(baseOf(tag))
  return load && fetched(load)
}

export const sourcePhrases = (): Promise<PhraseWords | undefined> => phrasesIn(SOURCE)

const takes = (text: string, part: string) => new RegExp(`\\{${part}[,}]`).test(text)

/** Which parts a phrase asks for. In any language of those given one may want the child's gender: then it is asked, and need not be answered. */
export function partsOf(key: string, source: PhraseWords, others: readonly PhraseWords[]): Part[] {
  const text = source.phrases[key]?.text ?? ''
  return PARTS.filter((part) => takes(text, part) || (part === 'gender' && others.some(({ phrases }) => takes(phrases[key]?.text ?? '', part))))
}

/** Whether a recording of it in this language says it to every family: nothing is filled in but the child's name, in place of which one says "your child". */
export function canBeSpoken(words: PhraseWords, key: string): boolean {
  const text = words.phrases[key]?.text
  return text !== undefined && !PARTS.some((part) => takes(text, part))
}

const filled = (pattern: string, weekday: string, day: number, month: string) =>
  pattern.replace('{weekday}', weekday).replace('{day}', String(day)).replace('{month}', month)

/** 2026-12-01 in the words of the language, with the family's own date behind it. */
export function sayDate({ language: { dates } }: PhraseWords, date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const weekday = dates.weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? ''
  const said = filled(dates.pattern, weekday, day, dates.months[month - 1] ?? '')
  if (!dates.family) return said
  const own = calendarDay(dates.family.calendar, year, month, day)
  return `${said} ${filled(dates.family.pattern, '', own.day, dates.family.months[own.month - 1] ?? '')}`
}

/** A name of the other direction is isolated, as the server does it. */
function leave(name: string, rtl: boolean): string {
  const strong = /[\p{L}]/u.exec(name)?.[0]
  if (!strong) return name
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(strong) === rtl ? name : `\u2068${name}\u2069`
}

/** The sentence; undefined where the list has it not in this language. A part that is not filled in yet is shown as dots. */
export function sayPhrase(words: PhraseWords, key: string, child: string, parts: Parts): string | undefined {
  const text = words.phrases[key]?.text
  if (text === undefined) return undefined
  const { tag } = words.language, rtl = RTL.has(tag)
  const name = (value: string | undefined) => (value ? leave(value, rtl) : '…')
  const values = {
    child: leave(child, rtl), name: name(parts.name), place: name(parts.place),
    date: parts.date ? sayDate(words, parts.date) : '…', time: parts.time || '…', number: parts.number ?? NaN, gender: parts.gender ?? 'other',
  }
  const said = String(new IntlMessageFormat(text, localesOf(tag), undefined, { ignoreTag: true }).format(values))
  const dotted = parts.number === undefined ? said.replaceAll(new Intl.NumberFormat(localesOf(tag)).format(NaN), '…').replaceAll('NaN', '…') : said
  // Dots and a full stop are too many.
  return dotted.replace(/…\./g, '…')
}

/** For looking things up: without case, marks and signs; letters of one sound in Arabic and Ethiopic script are one. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[أإآٱ]/g, 'ا').replace(/ى|ی/g, 'ي').replace(/ک/g, 'ك').replace(/ة/g, 'ه')
    .replace(/[đ]/g, 'd').replace(/ł/g, 'l').replace(/ı/g, 'i')
    .replace(/[ሐ-ሖኀ-ኆ]/g, (sign) => String.fromCodePoint(0x1200 + ((sign.codePointAt(0) ?? 0) & 7)))
    .replace(/[ሠ-ሦ]/g, (sign) => String.fromCodePoint(0x1230 + ((sign.codePointAt(0) ?? 0) & 7)))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether every word that is looked for begins a word of one of these texts. */
export function finds(query: string, texts: readonly string[]): boolean {
  const wanted = folded(query).split(' ').filter(Boolean)
  return texts.some((text) => {
    const there = ` ${folded(text)}`
    return wanted.every((word) => there.includes(` ${word}`))
  })
}

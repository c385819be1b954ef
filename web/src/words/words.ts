// The words of the app in the reader's language: one file a language in locales/, fetched when it is read.
//
// A file says how far it was checked; the app shows that. Names that come into a sentence are isolated (UAX 9), so that a Latin
// name leaves an Arabic sentence in order.

import { computed, signal } from '@preact/signals'
import { IntlMessageFormat } from 'intl-messageformat'
import heads from 'virtual:languages'
import { fetched } from './fetched.ts'
import { baseOf, localesOf } from './intl.ts'

export interface Language {
  tag: string
  /** Its own name. */
  name: string
  /** In one word, where the name is more. */
  short?: string
  dir: 'ltr' | 'rtl'
  checked: 'native' | 'machine'
  /** Other names that it goes by. */
  also?: readonly string[]
}

/** What stands at the head of a file, with the hash of all of it. */
export interface Head extends Language {
  words: string
}

/** Names of months and days for a language that browsers do not know well. */
export interface OwnDates {
  months: readonly string[]
  weekdays: readonly string[]
  /** The thirteen months of the Ethiopic year. */
  ethiopic?: readonly string[]
  /** The twelve of the Persian year. */
  persian?: readonly string[]
  /** With {weekday}, {day} and {month}. */
  pattern: string
}

interface File {
  language: Language
  dates?: OwnDates
  messages: Record<string, string>
}

export type Values = Record<string, string | number>

/** What a family's screens say, and what the school's own screens say more: scripts/words-plugin.mjs. */
const files = import.meta.glob<File>('../../../locales/*.json', { import: 'default', query: '?part=family' })
const schools = import.meta.glob<Pick<File, 'messages'>>('../../../locales/*.json', { import: 'default', query: '?part=school' })

function tagOf(path: string): string {
  return /([^/]+)\.json(\?|$)/.exec(path)?.[1] ?? ''
}

/** Every language the app speaks, by its own name. */
export const languages: readonly Head[] = [...heads].sort((a, b) => a.name.localeCompare(b.name))

const current = signal<File | null>(null)

/** The language the app speaks now. */
export const language = computed<Language>(() => current.value?.language ?? { tag: 'nl', name: 'Nederlands', dir: 'ltr', checked: 'machine' })

/** The language's own names of months and days, where its file has them. */
export const ownDates = computed(() => current.value?.dates)

let formats = new Map<string, IntlMessageFormat>()

/** Which version of this language's words is shown: the beginning of the SHA-256 of its file. */
export const wordsShown = computed(() => languages.find(({ tag }) => tag === language.value.tag)?.words)

/** The nearest language we speak: the first of the wanted ones that is there, else Dutch. */
export function nearest(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const base = baseOf(tag)
    const found = languages.find((known) => known.tag === base)
    if (found) return found.tag
  }
  return 'nl'
}

/** A language beside the one that the app speaks: for what is printed in two. */
export interface Words {
  language: Language
  dates: OwnDates | undefined
  t: (key: string, values?: Values) => string
}

export async function wordsOf(tag: string): Promise<Words> {
  const file = await whole(nearest([tag]))
  return {
    language: file.language,
    dates: file.dates,
    t: (key, values) => String(new IntlMessageFormat(file.messages[key] ?? key, localesOf(file.language.tag), undefined, { ignoreTag: true }).format(values)),
  }
}

async function partOf<T>(parts: Record<string, () => Promise<T>>, tag: string): Promise<T> {
  const path = Object.keys(parts).find((name) => tagOf(name) === tag)
  const part = path ? parts[path] : undefined
  if (!part) throw new Error(tag)
  return await fetched(part)
}

async function whole(tag: string): Promise<File> {
  const [file, more] = await Promise.all([partOf(files, tag), partOf(schools, tag)])
  return { ...file, messages: { ...file.messages, ...more.messages } }
}

let rest = Promise.resolve()

/** When the words of the school's screens are there too. They come by themselves, after those of the first screen. */
export function allWords(): Promise<void> {
  return rest
}

/** Fetches a language and speaks it. */
export async function speak(tag: string): Promise<void> {
  const known = nearest([tag])
  const file = await partOf(files, known).catch(() => undefined)
  if (!file) return
  formats = new Map()
  current.value = file
  document.documentElement.lang = file.language.tag
  document.documentElement.dir = file.language.dir
  rest = partOf(schools, known).then(
    ({ messages }) => {
      if (current.value === file) current.value = { ...file, messages: { ...file.messages, ...messages } }
    },
    () => undefined, // no line: the next time
  )
}

/** A name as it may stand in a sentence: isolated, whatever its script. */
export function iso(name: string): string {
  return `\u2068${name}\u2069`
}

/** A message of locales/, with its values. */
export function t(key: string, values?: Values): string {
  const file = current.value
  const text = file?.messages[key]
  if (text === undefined) return key
  if (!values && !text.includes("'") && !text.includes('{')) return text
  let format = formats.get(key)
  if (!format) {
    format = new IntlMessageFormat(text, localesOf(language.value.tag), undefined, { ignoreTag: true })
    formats.set(key, format)
  }
  return String(format.format(values))
}

/** Whether there is such a message. */
export function has(key: string): boolean {
  return current.value?.messages[key] !== undefined
}

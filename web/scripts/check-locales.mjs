// Checks every message of every language: its syntax, the same arguments as the source, every plural form the language has, no key missing
// or too many, direction marks balanced, nothing left in the language of the source. A fault in a file of words should be found here, not by a parent.
//
//   node scripts/check-locales.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { CALENDARS, intlTag, UNNAMED } from '../src/words/intl.ts'

const SOURCE = 'nl'
/** What may read the same as in the source: a name, a sign, and words that a language took over. A new one is put here by whoever has looked. */
const SAME = {
  '*': ['app.name', 'comma'],
  en: ['role.mentor', 'role.coach', 'device.tablet', 'device.computer', 'code.open'],
  fr: ['phrase.category.contact', 'file.document'],
  id: ['device.tablet', 'my.doctor'],
  pl: ['device.tablet'],
  pt: ['device.tablet'],
  ro: ['file.document'],
  tr: ['device.tablet'],
}
const MARKS = /[\u202a-\u202e\u2066-\u2069]/g
const EMBEDDINGS = '\u202a\u202b\u202d\u202e'
const ISOLATES = '\u2066\u2067\u2068'

/** Every argument with its kind, through all branches. */
export function argumentsOf(elements, found = new Map()) {
  for (const element of elements) {
    if (element.type === TYPE.argument || element.type === TYPE.number) found.set(element.value, 'value')
    if (element.type === TYPE.date || element.type === TYPE.time) found.set(element.value, 'date')
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      found.set(element.value, element.type === TYPE.plural ? 'plural' : `select ${Object.keys(element.options).sort().join(' ')}`)
      for (const { value } of Object.values(element.options)) argumentsOf(value, found)
    }
  }
  return found
}

function* pluralsOf(elements) {
  for (const element of elements) {
    if (element.type === TYPE.plural) yield element
    if (element.type === TYPE.plural || element.type === TYPE.select)
      for (const { value } of Object.values(element.options)) yield* pluralsOf(value)
  }
}

const same = (a, b) => a.size === b.size && [...a].every(([name, kind]) => b.get(name) === kind)

/** Whether every direction mark that opens is closed by its own kind, in order. */
function marksClose(text) {
  const open = []
  for (const [mark] of text.matchAll(MARKS)) {
    if (EMBEDDINGS.includes(mark)) open.push('\u202c')
    else if (ISOLATES.includes(mark)) open.push('\u2069')
    else if (open.pop() !== mark) return false
  }
  return open.length === 0
}

/** What is wrong with a message by itself, as sentences. */
export function syntaxFaultsOf(tag, text) {
  let elements
  try {
    elements = parse(text, { ignoreTag: true })
  } catch (error) {
    return [`does not parse: ${error.message}`]
  }
  const faults = []
  if (text.trim() === '') faults.push('is empty')
  if (text !== text.normalize('NFC')) faults.push('is not NFC')
  if (!marksClose(text)) faults.push('has a direction mark that is not closed')
  for (const { value, options, pluralType } of pluralsOf(elements)) {
    const forms = new Intl.PluralRules(intlTag(tag), { type: pluralType ?? 'cardinal' }).resolvedOptions().pluralCategories
    for (const form of forms) if (!options[form]) faults.push(`has no plural form "${form}" for ${value}`)
    for (const form of Object.keys(options)) if (!form.startsWith('=') && !forms.includes(form)) faults.push(`has a plural form "${form}" that its language does not know`)
  }
  return faults
}

/** Faults of one message, as sentences. */
export function faultsOf(tag, text, sourceText) {
  const faults = syntaxFaultsOf(tag, text)
  if (faults.some((fault) => fault.startsWith('does not parse'))) return faults
  const wanted = argumentsOf(parse(sourceText, { ignoreTag: true }))
  const given = argumentsOf(parse(text, { ignoreTag: true }))
  if (!same(wanted, given)) faults.push(`takes ${[...given.keys()].join(', ') || 'nothing'}, the source takes ${[...wanted.keys()].join(', ') || 'nothing'}`)
  return faults
}

/** A message that somebody copied and forgot. One that is all arguments and signs has nothing to translate. */
export function isUntranslated(tag, key, text, sourceText) {
  if (tag === SOURCE || text !== sourceText || [...SAME['*'], ...(SAME[tag] ?? [])].includes(key)) return false
  return /\p{L}/u.test(text.replace(/\{[^{},]*\}/g, ''))
}

function faultsOfHead(file, head) {
  const faults = []
  if (`${head?.tag}.json` !== file) faults.push(`language.tag is ${head?.tag}, the file is ${file}`)
  if (!head?.name) faults.push('language.name is missing')
  if (!['ltr', 'rtl'].includes(head?.dir)) faults.push('language.dir is neither ltr nor rtl')
  if (!['native', 'machine'].includes(head?.checked)) faults.push('language.checked is neither native nor machine')
  if (head?.tag && Intl.PluralRules.supportedLocalesOf(intlTag(head.tag)).length === 0)
    faults.push('language.tag is one that Intl does not know: name the nearest that it does in web/src/words/intl.ts')
  return faults
}

/** Faults of a language's own names of days and months; those that browsers hardly know must have them. */
export function faultsOfDates(tag, dates) {
  if (!dates) return UNNAMED.includes(tag) ? ['dates are missing: Chromium has no names of days in this language'] : []
  const faults = []
  const counted = { months: 12, weekdays: 7, ethiopic: 13, persian: 12 }
  for (const [names, count] of Object.entries(counted)) {
    const needed = names === 'months' || names === 'weekdays' || CALENDARS[tag] === names
    if (dates[names] ? new Set(dates[names]).size !== count : needed) faults.push(`dates.${names} are not ${count} names`)
  }
  for (const part of ['{weekday}', '{day}', '{month}']) if (!dates.pattern?.includes(part)) faults.push(`dates.pattern lacks ${part}`)
  return faults
}

/** Faults of a folder of languages, as lines. */
export function check(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort()
  const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const source = read(`${SOURCE}.json`).messages
  const lines = []
  for (const file of files) {
    const { language, dates, messages } = read(file)
    const say = (text) => lines.push(`${file}: ${text}`)
    faultsOfHead(file, language).forEach(say)
    faultsOfDates(language?.tag, dates).forEach(say)
    for (const key of Object.keys(source)) if (messages[key] === undefined) say(`${key} is missing`)
    for (const [key, text] of Object.entries(messages)) {
      if (source[key] === undefined) say(`${key} is not in ${SOURCE}.json`)
      else for (const fault of faultsOf(language.tag, text, source[key])) say(`${key} ${fault}`)
      if (isUntranslated(language.tag, key, text, source[key])) say(`${key} reads as in ${SOURCE}.json`)
    }
  }
  return { files, lines, messages: Object.keys(source).length }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { files, lines, messages } = check(process.argv[2] ?? '../locales')
  for (const line of lines) console.error(line)
  console.log(`${files.length} languages, ${messages} messages, ${lines.length} faults`)
  if (lines.length > 0) process.exitCode = 1
}

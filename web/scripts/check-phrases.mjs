// Checks the phrase list: what check-locales.mjs asks of every message, and that a phrase takes the parts that it may take, that a choice by gender says
// something where it is not known, and that what the list names is there. A language may lack a phrase; coverage.mjs counts them.
//
//   node scripts/check-phrases.mjs LOCALES
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { argumentsOf, syntaxFaultsOf } from './check-locales.mjs'
import { readPhrases, SOURCE } from './phrase-files.mjs'

const PARTS = new Set(['child', 'name', 'place', 'date', 'time', 'number', 'gender'])
const GENDERS = 'select female male other'
const STATES = new Set(['machine', 'native'])
/** What reads the same as in the source, because it has to: `tag key`. */
const SAME = new Set()

const withoutGender = (found) => [...found.keys()].filter((name) => name !== 'gender').sort().join(', ')
const argumentsIn = (text) => argumentsOf(parse(text, { ignoreTag: true }))

/** Texts of a message outside its parts. */
const wordsOf = (text) => text.replace(/\{[^{}]*\}/g, '')

/** Faults of one sentence, as sentences. */
export function faultsOfPhrase(tag, text, sourceText) {
  const faults = syntaxFaultsOf(tag, text)
  if (faults.some((fault) => fault.startsWith('does not parse'))) return faults
  const given = argumentsIn(text), wanted = argumentsIn(sourceText)
  if (text.includes("'")) faults.push('has an apostrophe, which may quote what follows: ’ is the one to write')
  for (const [name, kind] of given) {
    if (!PARTS.has(name)) faults.push(`has no part ${name}`)
    if (name === 'gender' ? kind !== GENDERS : name === 'number' ? !['plural', 'value'].includes(kind) : kind !== 'value') faults.push(`${name} is no ${kind}`)
  }
  if (withoutGender(given) !== withoutGender(wanted)) faults.push(`takes ${withoutGender(given) || 'nothing'}, the source takes ${withoutGender(wanted) || 'nothing'}`)
  faults.push(...branchFaults(parse(text, { ignoreTag: true }), tag))
  return faults
}

/** A branch by gender that loses a part would say less of a girl than of a boy. */
function branchFaults(elements, tag) {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.select) return []
    const branches = Object.values(element.options).map(({ value }) => [...argumentsOf(value).keys()].sort().join())
    return new Set(branches).size > 1 ? [`has other parts in one branch of ${element.value} than in another (${tag})`] : []
  })
}

function faultsOfDates({ months, weekdays, pattern, family } = {}) {
  const faults = []
  if (months?.length !== 12 || new Set(months).size !== 12) faults.push('dates.months are not twelve')
  if (family && (family.months?.length !== { persian: 12, ethiopic: 13 }[family.calendar] || !/\{day\}.*\{month\}/.test(family.pattern))) faults.push('dates.family has not the months of its calendar, or no day and month')
  if (weekdays?.length !== 7 || new Set(weekdays).size !== 7) faults.push('dates.weekdays are not seven')
  for (const part of ['{weekday}', '{day}', '{month}']) if (!pattern?.includes(part)) faults.push(`dates.pattern lacks ${part}`)
  return faults
}

/** Faults of the list, as lines. */
export function checkPhrases(locales, pictures) {
  const { list, files } = readPhrases(join(locales, 'phrases'))
  const words = JSON.parse(readFileSync(join(locales, `${SOURCE}.json`), 'utf8')).messages
  const source = files.get(`${SOURCE}.json`).phrases
  const lines = [], keys = new Set(list.map(({ key }) => key))
  if (keys.size !== list.length) lines.push('list.json: a key stands twice')
  for (const { key, category, picture, from } of list) {
    if (!source[key]) lines.push(`list.json: ${key} has no words in ${SOURCE}.json`)
    if (words[`phrase.category.${category}`] === undefined) lines.push(`list.json: ${key}: no words for the category ${category}`)
    if (!existsSync(join(pictures, `${picture}.svg`))) lines.push(`list.json: ${key}: there is no picture ${picture}`)
    if (!['school', 'family', 'both'].includes(from)) lines.push(`list.json: ${key}: ${from} sends nothing`)
  }
  for (const [name, { language, phrases }] of files) {
    const say = (text) => lines.push(`phrases/${name}: ${text}`)
    if (`${language.tag}.json` !== name) say(`language.tag is ${language.tag}`)
    if (!existsSync(join(locales, name))) say('the app does not speak this language')
    faultsOfDates(language.dates).forEach(say)
    for (const [key, { state, text }] of Object.entries(phrases)) {
      if (!keys.has(key)) say(`${key} is not in list.json`)
      else if (name === `${SOURCE}.json` ? state !== 'source' : !STATES.has(state)) say(`${key} has the state ${state}`)
      else for (const fault of faultsOfPhrase(language.tag, text, source[key]?.text ?? '')) say(`${key} ${fault}`)
      if (name !== `${SOURCE}.json` && text === source[key]?.text && /\p{L}/u.test(wordsOf(text)) && !SAME.has(`${language.tag} ${key}`)) say(`${key} reads as in ${SOURCE}.json`)
    }
  }
  return { lines, phrases: list.length, languages: files.size }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { lines, phrases, languages } = checkPhrases(process.argv[2] ?? '../locales', fileURLToPath(new URL('../src/pictures/openmoji', import.meta.url)))
  for (const line of lines) console.error(line)
  console.log(`${phrases} phrases in ${languages} languages, ${lines.length} faults`)
  if (lines.length > 0) process.exitCode = 1
}

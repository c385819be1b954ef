// How far each language is: of the app's own words and of the phrase list, how much is there, and how much of it somebody has read whose own language it is.
//
//   node scripts/coverage.mjs LOCALES
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readPhrases, SOURCE } from './phrase-files.mjs'

/** What nobody translated yet stands in English in the app's files. */
const FILLED_WITH = 'en'

/** A row a language: { tag, words, wordsOf, read, phrases, phrasesOf, native }. */
export function coverage(locales) {
  const files = readdirSync(locales).filter((file) => file.endsWith('.json')).sort().map((file) => JSON.parse(readFileSync(join(locales, file), 'utf8')))
  const { list, files: lists } = readPhrases(join(locales, 'phrases'))
  const english = files.find(({ language }) => language.tag === FILLED_WITH).messages
  return files.map(({ language: { tag, checked }, messages }) => {
    const keys = Object.keys(english).filter((key) => /\p{L}/u.test(english[key].replace(/\{[^{}]*\}/g, '')))
    const left = tag === FILLED_WITH ? 0 : keys.filter((key) => messages[key] === undefined || (english[key].length > 12 && messages[key] === english[key])).length
    const phrases = Object.values(lists.get(`${tag}.json`)?.phrases ?? {})
    return {
      tag, words: keys.length - left, wordsOf: keys.length, read: tag === SOURCE ? 'source' : checked,
      phrases: phrases.length, phrasesOf: list.length, native: phrases.filter(({ state }) => state !== 'machine').length,
    }
  })
}

const percent = (part, whole) => `${Math.floor((100 * part) / whole)}%`.padStart(5)

export function report(rows) {
  const line = (cells) => cells.map((cell, at) => (at === 0 ? String(cell).padEnd(9) : String(cell).padStart(12))).join('')
  return [
    line(['language', 'words', '', 'read by', 'phrases', '', 'read']),
    ...rows.map(({ tag, words, wordsOf, read, phrases, phrasesOf, native }) =>
      line([tag, `${words}/${wordsOf}`, percent(words, wordsOf), read === 'machine' ? 'nobody yet' : read, `${phrases}/${phrasesOf}`, percent(phrases, phrasesOf), `${native}`])),
  ].join('\n')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(report(coverage(process.argv[2] ?? '../locales')))

// The files of the phrase list (locales/phrases/), read and written as they stand: a line a phrase, in the order of the list.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const SOURCE = 'nl'

const json = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** { list, files }: the phrases there are, and each language's file by its name. */
export function readPhrases(folder) {
  const names = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'list.json').sort()
  return { list: json(join(folder, 'list.json')).phrases, files: new Map(names.map((name) => [name, json(join(folder, name))])) }
}

const indent = (value) => JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')

/** A language's file as text. */
export function phraseFile({ language, phrases }, list) {
  const lines = list.filter(({ key }) => phrases[key]).map(({ key }) => `    ${JSON.stringify(key)}: { "state": ${JSON.stringify(phrases[key].state)}, "text": ${JSON.stringify(phrases[key].text)} }`)
  return `{\n  "language": ${indent(language)},\n  "phrases": {${lines.length ? `\n${lines.join(',\n')}\n  ` : ''}}\n}\n`
}

export function writePhrases(folder, file, list) {
  writeFileSync(join(folder, `${file.language.tag}.json`), phraseFile(file, list))
}

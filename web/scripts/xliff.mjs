// The phrase list, out to translators and back: XLIFF 2.0 (OASIS; ISO 21720), a file a language.
//
// XLIFF and not gettext, because a sentence's state is part of it (PO knows "fuzzy" and no more), the language of both sides is named by its tag, and ICU's
// plurals stay one text. States: `initial` nothing there, `translated` machine-made and waiting for a reader, `final` read by somebody whose own language it is.
//
//   node scripts/xliff.mjs export LOCALES FOLDER [TAG ...]
//   node scripts/xliff.mjs import LOCALES FILE ...
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SaxesParser } from 'saxes'
import { faultsOfPhrase } from './check-phrases.mjs'
import { readPhrases, SOURCE, writePhrases } from './phrase-files.mjs'

const NAMESPACE = 'urn:oasis:names:tc:xliff:document:2.0'
const STATE_OF = { machine: 'translated', native: 'final' }
const STATE_FROM = { translated: 'machine', reviewed: 'machine', final: 'native' }

const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign])

/** One language as XLIFF. english: what helps a translator who knows no Dutch. */
export function toXliff({ list, files }, tag) {
  const { phrases } = files.get(`${tag}.json`)
  const source = files.get(`${SOURCE}.json`).phrases, english = files.get('en.json')?.phrases ?? {}
  const units = list.map(({ key, category, from }) => {
    const target = phrases[key]
    const notes = [`<note category="where">${escape(`${category}, sent by ${from}`)}</note>`, ...(english[key] && tag !== 'en' ? [`<note category="en">${escape(english[key].text)}</note>`] : [])]
    return `    <unit id="${escape(key)}">
      <notes>${notes.join('')}</notes>
      <segment state="${target ? STATE_OF[target.state] : 'initial'}">
        <source xml:space="preserve">${escape(source[key].text)}</source>${target ? `\n        <target xml:space="preserve">${escape(target.text)}</target>` : ''}
      </segment>
    </unit>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${NAMESPACE}" version="2.0" srcLang="${SOURCE}" trgLang="${tag}">
  <file id="phrases" original="locales/phrases/${tag}.json">
${units.join('\n')}
  </file>
</xliff>
`
}

/** What stands in an XLIFF 2 file: { tag, units: key → { source, target, state } }. A document that is none is an error. */
export function readXliff(text) {
  const units = new Map(), parser = new SaxesParser({ xmlns: true })
  let tag, unit, segment, into
  parser.on('doctype', () => { throw new Error('a document type has no place in it') })
  parser.on('opentag', ({ uri, local, attributes }) => {
    if (uri !== NAMESPACE) return
    const value = (name) => attributes[name]?.value
    if (local === 'xliff') {
      if (!value('version')?.startsWith('2.') || value('srcLang') !== SOURCE || !value('trgLang')) throw new Error('is no XLIFF 2 from nl')
      tag = value('trgLang')
    }
    if (local === 'unit') units.set(value('id'), (unit = { source: '', target: undefined, state: 'initial' }))
    if (local === 'segment' && unit) {
      // A tool may have cut a unit in two: the least of its states counts.
      segment = value('state') ?? 'initial'
      unit.state = unit.target === undefined ? segment : [unit.state, segment].includes('final') && unit.state === segment ? segment : 'translated'
    }
    if ((local === 'source' || local === 'target') && unit) {
      into = local
      unit[local] ??= ''
    }
  })
  parser.on('text', (piece) => { if (into) unit[into] += piece })
  parser.on('cdata', (piece) => { if (into) unit[into] += piece })
  parser.on('closetag', ({ uri, local }) => {
    if (uri !== NAMESPACE) return
    if (local === 'source' || local === 'target') into = undefined
    if (local === 'unit') unit = undefined
  })
  parser.write(text).close()
  if (!tag) throw new Error('is no XLIFF 2')
  return { tag, units }
}

/** Takes a translator's file in. Gives faults, as lines, for what is not taken: the rest is. The files in `all` are changed. */
export function fromXliff(all, text) {
  const { tag, units } = readXliff(text), file = all.files.get(`${tag}.json`)
  if (!file || tag === SOURCE) throw new Error(`there is no language ${tag}`)
  const source = all.files.get(`${SOURCE}.json`).phrases, faults = []
  for (const { key } of all.list) {
    const unit = units.get(key)
    if (!unit || unit.target === undefined || unit.target.trim() === '' || unit.state === 'initial') continue
    const words = unit.target.trim().normalize('NFC')
    const wrong = faultsOfPhrase(tag, words, source[key].text)
    // The Dutch was written again while the file was out: what was read was another sentence.
    const state = unit.source === source[key].text ? (STATE_FROM[unit.state] ?? 'machine') : 'machine'
    if (wrong.length > 0) faults.push(...wrong.map((fault) => `${tag}: ${key} ${fault}`))
    else file.phrases[key] = { state, text: words }
  }
  for (const key of units.keys()) if (!all.list.some((one) => one.key === key)) faults.push(`${tag}: ${key} is not in the list`)
  return { tag, faults }
}

function main([verb, locales, ...rest]) {
  const folder = join(locales, 'phrases'), all = readPhrases(folder)
  if (verb === 'export') {
    const [to, ...tags] = rest
    mkdirSync(to, { recursive: true })
    for (const { language: { tag } } of all.files.values()) if (tag !== SOURCE && (tags.length === 0 || tags.includes(tag))) writeFileSync(join(to, `${tag}.xlf`), toXliff(all, tag))
    return []
  }
  return rest.flatMap((path) => {
    const { tag, faults } = fromXliff(all, readFileSync(path, 'utf8'))
    writePhrases(folder, all.files.get(`${tag}.json`), all.list)
    return faults
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!['export', 'import'].includes(process.argv[2]) || process.argv.length < 5) {
    console.error('xliff.mjs export LOCALES FOLDER [TAG ...] | import LOCALES FILE ...')
    process.exitCode = 2
  } else {
    const faults = main(process.argv.slice(2))
    for (const fault of faults) console.error(fault)
    if (faults.length > 0) process.exitCode = 1
  }
}

import assert from 'node:assert/strict'
import test from 'node:test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkPhrases, faultsOfPhrase } from '../scripts/check-phrases.mjs'
import { coverage, report } from '../scripts/coverage.mjs'
import { phraseFile, readPhrases } from '../scripts/phrase-files.mjs'
import { fromXliff, readXliff, toXliff } from '../scripts/xliff.mjs'

const locales = fileURLToPath(new URL('../../locales', import.meta.url)), folder = `${locales}/phrases`
const pictures = fileURLToPath(new URL('../src/pictures/openmoji', import.meta.url))

test('the phrase list is sound, and stands in at least fifteen languages with more than a hundred and twenty phrases', (t) => {
  const { lines, phrases, languages } = checkPhrases(locales, pictures)
  assert.deepEqual(lines, [])
  assert.ok(phrases >= 120 && languages >= 16)
  const rows = coverage(locales)
  for (const tag of ['nl', 'en', 'ar', 'ti', 'uk']) assert.equal(rows.find((row) => row.tag === tag).phrases, phrases, tag)
  t.diagnostic(`\n${report(rows)}`)
})

test('a sentence with other parts, a lost branch or an apostrophe is a fault', () => {
  assert.match(faultsOfPhrase('en', 'Date: {time}.', 'Datum: {date}.').join(), /takes time, the source takes date/)
  assert.match(faultsOfPhrase('en', '{who}', '{name}').join(), /has no part who/)
  assert.match(faultsOfPhrase('en', "It's {name}", '{name}').join(), /apostrophe/)
  assert.match(faultsOfPhrase('ar', '{number, plural, one {#} other {#}}', '{number}').join(), /no plural form "few"/)
  assert.match(faultsOfPhrase('uk', '{gender, select, female {a} other {b}}', 'x').join(), /gender is no select female other/)
  assert.match(faultsOfPhrase('uk', '{gender, select, female {{child} a} male {b} other {{child} c}}', '{child}').join(), /other parts in one branch/)
  assert.match(faultsOfPhrase('ar', '\u2067{name}', '{name}').join(), /not closed/)
  assert.match(faultsOfPhrase('en', '{date, select, a {x} other {y}}', '{date}').join(), /date is no select/)
  assert.deepEqual(faultsOfPhrase('uk', '{gender, select, female {{child} була} male {{child} був} other {{child}}}', '{child} was er'), [], 'any language may choose by gender')
})

test('every language goes out to translators and comes back as it was, with every state', () => {
  const all = readPhrases(folder)
  for (const [name, file] of all.files) {
    assert.equal(phraseFile(file, all.list), readFileSync(`${folder}/${name}`, 'utf8'), `${name} is written as the scripts write it`)
    if (name === 'nl.json') continue
    const { tag } = file.language
    for (const [at, one] of Object.values(file.phrases).entries()) if (at % 3 === 0) one.state = 'native'
    const before = structuredClone(file)
    const text = toXliff(all, tag)
    file.phrases = {}
    assert.deepEqual(fromXliff(all, text), { tag, faults: [] })
    assert.deepEqual(all.files.get(name), before, tag)
  }
})

test('what a translator sends is looked at: what is wrong is named and left as it was, what they read is theirs', () => {
  const all = readPhrases(folder), english = all.files.get('en.json').phrases
  const old = english['closed.tomorrow'].text
  const sent = (key, state, target, source = all.files.get('nl.json').phrases[key].text) =>
    `<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="nl" trgLang="en"><x:file id="f"><x:unit id="${key}"><x:segment state="${state}"><x:source>${source}</x:source><x:target>${target}</x:target></x:segment></x:unit></x:file></x:xliff>`
  assert.match(fromXliff(all, sent('closed.tomorrow', 'final', 'Closed: {date}')).faults.join(), /takes date/)
  assert.equal(english['closed.tomorrow'].text, old)
  assert.deepEqual(fromXliff(all, sent('closed.tomorrow', 'final', '<![CDATA[No school & no bus tomorrow.]]>')).faults, [])
  assert.deepEqual(english['closed.tomorrow'], { state: 'native', text: 'No school & no bus tomorrow.' })
  fromXliff(all, sent('closed.tomorrow', 'final', 'Tomorrow there is no school.', 'Morgen is er feest.'))
  assert.equal(english['closed.tomorrow'].state, 'machine', 'the Dutch is another by now')
  fromXliff(all, sent('closed.tomorrow', 'initial', ''))
  assert.equal(english['closed.tomorrow'].text, 'Tomorrow there is no school.', 'what is empty changes nothing')
  assert.match(fromXliff(all, sent('no.such', 'final', 'x', 'x')).faults.join(), /not in the list/)
  assert.throws(() => readXliff('<!DOCTYPE x [<!ENTITY a "b">]><x/>'))
  assert.throws(() => readXliff('<xliff version="1.2"/>'))
  assert.throws(() => readXliff('{}'))
})

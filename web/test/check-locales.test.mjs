import assert from 'node:assert/strict'
import test from 'node:test'
import { check, faultsOf, faultsOfDates, isUntranslated } from '../scripts/check-locales.mjs'
import { fileURLToPath } from 'node:url'

const source = '{count, plural, one {# bericht} other {# berichten}} van {name}'

test('every message of every language is sound', () => {
  const { files, lines } = check(fileURLToPath(new URL('../../locales', import.meta.url)))
  assert.ok(files.length >= 5)
  assert.deepEqual(lines, [])
})

test('a message that does not parse is a fault', () => {
  assert.match(faultsOf('en', '{count, plural, one {#', source).join(), /does not parse/)
})

test('a message that takes other arguments than the source is a fault', () => {
  assert.match(faultsOf('en', '{count, plural, one {# message} other {# messages}} of {who}', source).join(), /takes count, who/)
})

test('a plural without a form that its language has is a fault', () => {
  const faults = faultsOf('ar', '{count, plural, one {#} other {#}} {name}', source)
  assert.deepEqual(faults.map((fault) => /"(\w+)"/.exec(fault)?.[1]).sort(), ['few', 'many', 'two', 'zero'])
})

test('a direction mark that is not closed is a fault', () => {
  assert.match(faultsOf('ar', '\u2068{name}', '{name}').join(), /not closed/)
})

test('direction marks that close the wrong one are a fault', () => {
  assert.match(faultsOf('ar', '\u2069{name}\u2068', '{name}').join(), /not closed/)
  assert.match(faultsOf('ar', '\u2067{name}\u202c', '{name}').join(), /not closed/)
  assert.deepEqual(faultsOf('ar', '\u2067\u2068{name}\u2069\u2069', '{name}'), [])
})

test('a message left in the language of the source is a fault, a name is not', () => {
  assert.equal(isUntranslated('en', 'composer.send', 'Stuur', 'Stuur'), true)
  assert.equal(isUntranslated('en', 'app.name', 'Ouderbrug', 'Ouderbrug'), false)
  assert.equal(isUntranslated('en', 'some.line', '{name} ({role})', '{name} ({role})'), false)
  assert.equal(isUntranslated('nl', 'composer.send', 'Stuur', 'Stuur'), false)
})

test('the plural forms of Dari and Kurmanji are those of the nearest language that Intl knows', () => {
  const text = '{count, plural, one {#} other {#}} {name}'
  for (const tag of ['prs', 'kmr', 'ckb']) assert.deepEqual(faultsOf(tag, text, source), [])
  assert.match(faultsOf('kmr', '{count, plural, other {#}} {name}', source).join(), /no plural form "one"/)
})

test('a language that browsers hardly know brings its own names of days, and those of its families’ calendar', () => {
  assert.match(faultsOfDates('ckb', undefined).join(), /missing/)
  assert.deepEqual(faultsOfDates('fa', undefined), [])
  const names = (count) => [...Array(count).keys()].map(String)
  const dates = { months: names(12), weekdays: names(7), pattern: '{weekday} {day} {month}' }
  assert.deepEqual(faultsOfDates('ckb', dates), [])
  assert.match(faultsOfDates('ps', dates).join(), /dates.persian are not 12 names/)
  assert.match(faultsOfDates('ckb', { ...dates, pattern: '{day}' }).join(), /lacks {weekday}/)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { baseOf, CALENDARS, intlTag, isNamed, localesOf, numbersIn } from './intl.ts'

const noon = (year: number, month: number, day: number) => new Date(year, month - 1, day, 12).getTime()
const is = (calendar: string, at: number, year: number, month: number, day: number) => assert.deepEqual(numbersIn(calendar, at), { year, month, day })

test('Nowruz is the first of Farvardin, after a leap year too', () => {
  is('persian', noon(2024, 3, 20), 1403, 1, 1)
  is('persian', noon(2025, 3, 20), 1403, 12, 30)
  is('persian', noon(2025, 3, 21), 1404, 1, 1)
  is('persian', noon(2026, 3, 21), 1405, 1, 1)
  is('persian', noon(2026, 11, 22), 1405, 9, 1)
})

test('Enkutatash is the first of Meskerem, a day later before a leap year; the thirteenth month is counted', () => {
  is('ethiopic', noon(2026, 9, 11), 2019, 1, 1)
  is('ethiopic', noon(2027, 9, 11), 2019, 13, 6)
  is('ethiopic', noon(2027, 9, 12), 2020, 1, 1)
  is('ethiopic', noon(2026, 1, 7), 2018, 4, 29)
})

test('the first of Ramadan as Umm al-Qura has it', () => {
  is('islamic-umalqura', noon(2026, 2, 18), 1447, 9, 1)
})

test('every language with a calendar has one that Intl knows', () => {
  for (const calendar of Object.values(CALENDARS)) assert.equal(new Intl.DateTimeFormat('en', { calendar }).resolvedOptions().calendar, calendar)
  // Who counts the years otherwise at home: Tigrinya and Amharic, Persian, Dari and Pashto, Arabic.
  assert.deepEqual(Object.keys(CALENDARS).sort(), ['am', 'ar', 'fa', 'prs', 'ps', 'ti'])
})

test('a language whose names Intl lacks is not taken for one that it has', () => {
  assert.ok(isNamed('nl') && isNamed('prs'))
  assert.ok(!isNamed('tlh'))
})

test('Dari and Kurmanji are asked for by a name that Intl knows, and count in our digits', () => {
  assert.equal(intlTag('prs'), 'fa-AF')
  assert.equal(intlTag('kmr'), 'ku')
  assert.equal(intlTag('ckb'), 'ckb')
  for (const tag of ['fa', 'prs', 'ps', 'ckb', 'ar']) assert.equal(new Intl.NumberFormat(localesOf(tag)).format(12), '12')
  assert.equal(new Intl.NumberFormat(localesOf('xx')).resolvedOptions().locale, 'en-u-nu-latn')
})

test('a browser that asks for a language by another tag gets it', () => {
  const wanted = { 'fa-AF': 'prs', 'fa-IR': 'fa', pes: 'fa', 'ku-TR': 'kmr', 'ku-Arab': 'ckb', in: 'id', 'ar-SY': 'ar', 'prs-AF': 'prs' }
  for (const [tag, base] of Object.entries(wanted)) assert.equal(baseOf(tag), base)
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Plain, replaced, type Jargon } from './plain.ts'

const list = JSON.parse(readFileSync(new URL('../../../locales/jargon/nl.json', import.meta.url), 'utf8')) as Jargon
const plain = new Plain(list)
const found = (text: string, by = plain) => by.hints(text).map(({ kind, from, to, instead }) => [kind, text.slice(from, to), instead])

test('school words and idiom are found in the forms they have, whatever the case and marks', () => {
  assert.deepEqual(found('Er is veel verzuim.'), [['jargon', 'verzuim', 'afwezigheid']])
  assert.deepEqual(found('De ZORGCOORDINATOR belt u, indien nodig.').map(([, word]) => word), ['ZORGCOORDINATOR', 'indien'])
  assert.deepEqual(found('Hij loopt de kantjes eraf'), [['idiom', 'loopt de kantjes eraf', 'te weinig doen']])
  assert.deepEqual(found('U krijgt z.s.m. bericht').map(([, word]) => word), ['z.s.m'])
})

test('of two that fit the longer is named, a word that comes twice once, and none across two sentences', () => {
  assert.deepEqual(found('Ongeoorloofd verzuim is verzuim. Verzuim dus.').map(([, word]) => word), ['Ongeoorloofd verzuim', 'verzuim'])
  assert.deepEqual(found('Dit is op de hoogte. Houden we vol?').map(([kind, word]) => [kind, word]), [['idiom', 'op de hoogte']])
  assert.deepEqual(found('Ik trek. Aan de bel kwam niemand.'), [])
})

test('plain words are left alone', () => {
  for (const text of ['We missen Samir vandaag. Is hij ziek?', 'Morgen is de school dicht.', 'Neem je pas mee.', '', '🙂', 'مرحبا']) assert.deepEqual(found(text), [], text)
})

test('a long sentence is named, several short ones are not', () => {
  const long = 'Wij willen graag dat je morgen om negen uur naar school komt omdat wij dan samen met je kind over de nieuwe klas praten.'
  assert.deepEqual(found(long), [['long', long, undefined]])
  assert.deepEqual(found('Kom je morgen? Het is om negen uur. Wij praten over de klas. Je kind is erbij. Het duurt een half uur. Tot morgen!'), [])
})

test("the school's own words stand before those for everyone", () => {
  const own = new Plain(list, [{ say: ['verzuim'], instead: 'niet op school' }, { say: ['kanjerdag'], instead: 'dag met spelletjes' }])
  assert.deepEqual(found('verzuim op de Kanjerdag', own).map(([, , instead]) => instead), ['niet op school', 'dag met spelletjes'])
})

test('a plainer word takes the place of the other, with its capital', () => {
  const put = (text: string) => replaced(text, plain.hints(text)[0] ?? assert.fail('no hint'))
  assert.equal(put('Indien nodig bel ik.'), 'Als nodig bel ik.')
  assert.equal(put('👨‍👩‍👧 Ik bel indien nodig.'), '👨‍👩‍👧 Ik bel als nodig.')
})

test('the list: at least a hundred, no form twice, nothing said in words that are themselves on it', () => {
  const entries = [...list.jargon, ...list.idioms]
  assert.ok(entries.length >= 100)
  const forms = entries.flatMap(({ say }) => say)
  assert.equal(new Set(forms).size, forms.length)
  for (const { say, instead } of entries) assert.deepEqual(found(instead), [], `${say[0] ?? ''}: ${instead}`)
})

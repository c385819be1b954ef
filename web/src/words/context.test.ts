import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inContext } from './context.ts'

const show = (body: string, ...words: string[]) =>
  inContext(body, words.map((word) => ({ from: body.indexOf(word), to: body.indexOf(word) + word.length })))
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join('')

test('a short text stands whole, with each word set apart', () => {
  assert.equal(show('Morgen géén school', 'géén', 'school'), 'Morgen [géén] [school]')
  assert.equal(show('ساعت ۱۴۵۲ بیا', '۱۴۵۲'), 'ساعت [۱۴۵۲] بیا')
})

test('of a long text stands what is around the first word, from the beginning of a word', () => {
  const body = `${'vooraf '.repeat(60)}zilvermeeuw ${'achteraf '.repeat(60)}`
  const shown = show(body, 'zilvermeeuw')
  assert.match(shown, /^… (vooraf ){1,12}\[zilvermeeuw\] (achteraf ?){1,20} …$/)
})

test('nothing is cut inside a family or a flag', () => {
  const shown = show(`${'👨‍👩‍👧🇺🇦'.repeat(40)} hier ${'👨‍👩‍👧'.repeat(60)}`, 'hier')
  assert.match(shown, /^… (👨‍👩‍👧|🇺🇦)+ \[hier\] (👨‍👩‍👧)+ …$/u)
})

test('places that make no sense are left out', () => {
  const body = 'een twee drie'
  assert.deepEqual(inContext(body, [{ from: 4, to: 8 }, { from: 2, to: 6 }, { from: 9, to: 99 }]), [
    { text: 'een ', found: false },
    { text: 'twee', found: true },
    { text: ' drie', found: false },
  ])
})

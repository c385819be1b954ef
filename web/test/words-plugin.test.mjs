import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { partOf } from '../scripts/words-plugin.mjs'

const top = fileURLToPath(new URL('../..', import.meta.url))
const file = JSON.parse(readFileSync(join(top, 'locales/nl.json'), 'utf8'))
const family = partOf(file, 'family').messages
const school = partOf(file, 'school').messages

test('a message is in one part and in no other', () => {
  assert.deepEqual(Object.keys({ ...family, ...school }).sort(), Object.keys(file.messages).sort())
  assert.deepEqual(Object.keys(family).filter((key) => key in school), [])
})

test('what a family’s own screens say is in the first part', () => {
  const folder = join(top, 'web/src/parent')
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8')
    assert.deepEqual(Object.keys(school).filter((key) => text.includes(`'${key}'`)), [], name)
  }
})

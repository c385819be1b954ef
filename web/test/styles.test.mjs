// What a style sheet gives a class holds on every screen once the sheet is fetched: two sheets that use one name for two things spoil each other, and only for
// who came by both.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'

const src = resolve(import.meta.dirname, '../src')

/** The classes that a sheet gives rules of their own, outside of @media. */
function bareClasses(css) {
  const found = new Set()
  let depth = 0, from = 0
  for (let i = 0; i < css.length; i++) {
    if (css[i] === '{') {
      if (depth === 0) for (const one of css.slice(from, i).split(',')) found.add(/^\s*\.([a-z][\w-]*)(::?[\w-]+)*\s*$/i.exec(one)?.[1])
      depth++
    } else if (css[i] === '}') {
      if (--depth === 0) from = i + 1
    }
  }
  found.delete(undefined)
  return found
}

test('a class has rules of its own in one style sheet only', () => {
  const where = new Map()
  for (const file of globSync('**/*.css', { cwd: src })) {
    for (const name of bareClasses(readFileSync(resolve(src, file), 'utf8').replace(/\/\*[^]*?\*\//g, ''))) where.set(name, [...(where.get(name) ?? []), file])
  }
  assert.ok(where.has('btn'))
  assert.deepEqual([...where].filter(([, files]) => files.length > 1), [])
})

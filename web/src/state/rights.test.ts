import assert from 'node:assert/strict'
import test from 'node:test'
import { roleMay } from './rights.ts'

test('a mentor brings people in, an interpreter does not, and everyone may correct their own', () => {
  assert.ok(roleMay('mentor', 'bring', false))
  assert.ok(!roleMay('interpreter', 'bring', false))
  assert.ok(!roleMay('interpreter', 'bring', true))
  assert.ok(roleMay('external_partner', 'version', true))
  assert.ok(!roleMay('external_partner', 'version', false))
  assert.ok(roleMay('parent', 'correct', true))
  assert.ok(!roleMay('administrator', 'history', true))
})

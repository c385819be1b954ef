import assert from 'node:assert/strict'
import test from 'node:test'
import type { Message, Version } from '../wire/protocol.ts'
import { sameLanguage, shownTo } from './shown.ts'

function version(n: number, language: string, origin: Version['origin'], body: string): Version {
  return { n, language, origin, body, direction: 'ltr', at: n }
}

function message(versions: Version[], withdrawn = false): Message {
  return {
    seq: 1, rev: 1, sender: 1, client_id: 'a', sent: 0, language: 'nl', direction: 'ltr', versions,
    ...(withdrawn ? { withdrawn: 1 } : { body: 'We missen Samir.' }),
  }
}

test('a reader of the original sees the original, and no other behind it', () => {
  const shown = shownTo(message([version(1, 'ar', 'machine', 'افتقدنا')]), 'nl')
  assert.equal(shown?.body, 'We missen Samir.')
  assert.equal(shown?.original, undefined)
})

test('a person beats the phrase list, which beats a machine, whatever came last', () => {
  const all = [version(1, 'ar', 'person', 'p'), version(2, 'ar', 'phrase', 'f'), version(3, 'ar', 'machine', 'm')]
  assert.equal(shownTo(message(all), 'ar')?.body, 'p')
  assert.equal(shownTo(message(all.slice(1)), 'ar')?.body, 'f')
  assert.equal(shownTo(message(all.slice(2)), 'ar')?.body, 'm')
})

test('of two versions of one origin the newer is shown', () => {
  assert.equal(shownTo(message([version(1, 'ar', 'person', 'old'), version(2, 'ar', 'person', 'new')]), 'ar')?.body, 'new')
})

test('the original stays behind a translation', () => {
  assert.equal(shownTo(message([version(1, 'ar', 'machine', 'm')]), 'ar')?.original?.body, 'We missen Samir.')
})

test('a correction is what a reader of its language sees, with what was written before behind it', () => {
  const shown = shownTo(message([version(1, 'nl', 'correction', 'We missen Samira.')]), 'nl')
  assert.equal(shown?.body, 'We missen Samira.')
  assert.equal(shown?.original?.body, 'We missen Samir.')
})

test('a translation that is older than the correction is not shown: it says what is no longer meant', () => {
  const stale = [version(1, 'ar', 'person', 'old'), version(2, 'nl', 'correction', 'Anders.')]
  assert.equal(shownTo(message(stale), 'ar')?.body, 'Anders.')
  const again = [...stale, version(3, 'ar', 'machine', 'new')]
  assert.equal(shownTo(message(again), 'ar')?.body, 'new')
  assert.equal(shownTo(message(again), 'ar')?.original?.body, 'Anders.')
})

test('without a version in their language a reader sees the original', () => {
  assert.equal(shownTo(message([version(1, 'ar', 'machine', 'm')]), 'ti')?.body, 'We missen Samir.')
})

test('a withdrawn message shows nothing', () => {
  assert.equal(shownTo(message([], true), 'nl'), undefined)
})

test('tags of one language are one language; Farsi is not Dari, Kurmanji is not Sorani', () => {
  assert.ok(sameLanguage('ar-SY', 'ar'))
  assert.ok(sameLanguage('pes', 'fa'))
  assert.ok(sameLanguage('ku', 'kmr'))
  assert.ok(!sameLanguage('fa', 'prs'))
  assert.ok(sameLanguage('fa-AF', 'prs'))
  assert.ok(!sameLanguage('ckb', 'kmr'))
})

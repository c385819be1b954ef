import assert from 'node:assert/strict'
import test from 'node:test'
import type { Message, Version } from '../wire/protocol.ts'
import { balanced, historyOf, sameLanguage, shownTo, spokenTo } from './shown.ts'

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

test("what a machine made and a person found right is as good as a phrase, and no better than a person's words", () => {
  const checked = { ...version(1, 'ar', 'machine', 'checked'), checked_by: 7 }
  assert.equal(shownTo(message([checked, version(2, 'ar', 'machine', 'm')]), 'ar')?.body, 'checked')
  assert.equal(shownTo(message([checked, version(2, 'ar', 'phrase', 'f')]), 'ar')?.body, 'f')
  assert.equal(shownTo(message([version(1, 'ar', 'person', 'p'), { ...checked, n: 2 }]), 'ar')?.body, 'p')
})

test('what was only spoken is read where somebody wrote it down, in its own language too', () => {
  const spoken = { ...message([version(1, 'nl', 'person', 'Hij is ziek.')]), body: '' }
  assert.equal(shownTo(spoken, 'nl')?.body, 'Hij is ziek.')
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

test('a reader chooses own first, the language of the school first, or both; the other is one tap away', () => {
  const here = message([version(1, 'ar', 'machine', 'افتقدنا')])
  const texts = (balance: 'own' | 'school' | 'both', from = here) => {
    const all = balanced(from, 'ar', 'nl', balance)
    return [all?.first.body, all?.beside?.body, ...(all?.hidden ?? []).map(({ body }) => body)]
  }
  assert.deepEqual(texts('own'), ['افتقدنا', undefined, 'We missen Samir.'])
  assert.deepEqual(texts('school'), ['We missen Samir.', undefined, 'افتقدنا'])
  assert.deepEqual(texts('both'), ['افتقدنا', 'We missen Samir.'])
  // Nothing in the reader's language yet: what there is.
  for (const balance of ['own', 'school', 'both'] as const) assert.deepEqual(texts(balance, message([])), ['We missen Samir.', undefined])
  // Written in a third language, with a version in each.
  const third = { ...message([version(1, 'nl', 'person', 'nl'), version(2, 'ar', 'machine', 'ar')]), language: 'en', body: 'en' }
  assert.deepEqual(texts('own', third), ['ar', undefined, 'en'])
  assert.deepEqual(texts('both', third), ['ar', 'nl', 'en'])
  assert.deepEqual(texts('school', third), ['nl', undefined, 'ar', 'en'])
  // A correction: what was written before stays one tap away.
  const corrected = message([version(1, 'nl', 'correction', 'beter'), version(2, 'ar', 'person', 'أفضل')])
  assert.deepEqual(texts('both', corrected), ['أفضل', 'beter', 'We missen Samir.'])
  assert.deepEqual(balanced(corrected, 'ar', 'nl', 'both')?.hidden.map(({ before }) => before), [true], 'and it is said that it was')
  assert.equal(balanced(message([], true), 'ar', 'nl', 'both'), undefined)
})

test('the story of a message names every wording and what became of it', () => {
  const story = historyOf(message([version(1, 'ar', 'machine', 'a'), version(2, 'ar', 'person', 'b'), version(3, 'nl', 'correction', 'c'), version(4, 'ar', 'machine', 'd')]))
  assert.deepEqual(story.map(({ n, state }) => [n, state]), [[0, 'corrected'], [1, 'corrected'], [2, 'corrected'], [3, 'now'], [4, 'now']])
  assert.deepEqual(historyOf(message([version(1, 'ar', 'person', 'b'), version(2, 'ar', 'machine', 'm')])).map(({ state }) => state), ['now', 'now', 'replaced'])
  assert.deepEqual(historyOf(message([], true)), [])
})

test('what was only spoken is heard beside the words, the newest in each language, and not once it is meant no more', () => {
  const voice = { id: 7, kind: 'voice', type: 'audio/mp4', bytes: 1 } as const
  const said = (n: number, language: string): Version => ({ ...version(n, language, 'person', ''), voice })
  const all = [version(1, 'ar', 'machine', 'm'), said(2, 'ar'), said(3, 'ar'), said(4, 'nl'), said(5, 'tr')]
  assert.equal(shownTo(message(all), 'ar')?.body, 'm')
  assert.deepEqual(spokenTo(message(all), ['ar', 'nl']).map(({ n }) => n), [3, 4])
  assert.equal(shownTo(message([said(1, 'ar')]), 'ar')?.body, '')
  assert.deepEqual(historyOf(message(all)).map(({ state }) => state), ['now', 'now', 'replaced', 'now', 'now', 'now'])
  assert.deepEqual(spokenTo(message([...all, version(6, 'nl', 'correction', 'c')]), ['ar', 'nl']), [])
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { PEAKS, fold, readPeaks, writePeaks } from './peaks.ts'

test('what was measured is written as the server does, and read back', () => {
  const written = writePeaks([0.1, 0.2, 0.4])
  assert.equal(written.length, 2 * PEAKS)
  assert.match(written, /^(40){32}(80){32}(ff){32}$/)
  assert.deepEqual(readPeaks(written, 3).map((value) => Math.round(4 * value)), [1, 2, 4])
})

test('silence, nothing and a short moment have a picture too', () => {
  assert.match(writePeaks([]), /^0+$/)
  assert.match(writePeaks([0, 0]), /^0+$/)
  assert.equal(readPeaks(undefined, 48).length, 48)
  assert.deepEqual(fold([1], 3), [1, 1, 1])
  assert.deepEqual(fold([0, 1, 0, 0], 2), [1, 0])
})

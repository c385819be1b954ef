// How loud a voice message is along the way: 96 values as hexadecimal digits, as the server writes them.

export const PEAKS = 96

export function readPeaks(text: string | undefined, bars: number): number[] {
  const all = (text ?? '').match(/../g)?.map((pair) => parseInt(pair, 16) / 255) ?? []
  if (all.length === 0) return Array.from({ length: bars }, () => 0.1)
  return fold(all, bars)
}

/** As many values as wanted, each the loudest of its part. */
export function fold(values: readonly number[], wanted: number): number[] {
  return Array.from({ length: wanted }, (_, i) => {
    const from = Math.floor((i * values.length) / wanted)
    const to = Math.max(from + 1, Math.floor(((i + 1) * values.length) / wanted))
    return Math.max(0, ...values.slice(from, to))
  })
}

/** What was measured, with the loudest at ff. */
export function writePeaks(measured: readonly number[]): string {
  const loudest = Math.max(0.01, ...measured)
  return fold(measured.length > 0 ? measured : [0], PEAKS)
    .map((value) => Math.round((255 * value) / loudest).toString(16).padStart(2, '0'))
    .join('')
}

// A found text in a few lines: what stands around the first word that was found, and the words themselves set apart.

import type { Place } from '../wire/protocol.ts'

export interface Piece {
  text: string
  found: boolean
}

const BEFORE = 60
const AFTER = 140

/** The nearest beginning of a word at or before (or behind) a place; never within a cluster of letters and marks. */
function wordEdge(body: string, at: number, forward: boolean): number {
  if (at <= 0) return 0
  if (at >= body.length) return body.length
  let edge = forward ? body.length : 0
  for (const { index } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(body)) {
    if (forward && index >= at) return index
    if (index > at) return edge
    edge = index
  }
  return forward ? body.length : edge
}

/** Places are in UTF-16 code units, as the server counts and JavaScript does. Those that make no sense are left out. */
export function inContext(body: string, places: readonly Place[]): Piece[] {
  const first = places[0]?.from ?? 0
  const from = first <= BEFORE ? 0 : wordEdge(body, first - BEFORE, false)
  const to = wordEdge(body, Math.max(first, from) + AFTER, true)
  const pieces: Piece[] = from > 0 ? [{ text: '… ', found: false }] : []
  let at = from
  for (const place of places) {
    if (place.from < at || place.to > to || place.to <= place.from) continue
    if (place.from > at) pieces.push({ text: body.slice(at, place.from), found: false })
    pieces.push({ text: body.slice(place.from, place.to), found: true })
    at = place.to
  }
  if (at < to) pieces.push({ text: body.slice(at, to), found: false })
  if (to < body.length) pieces.push({ text: ' …', found: false })
  return pieces
}

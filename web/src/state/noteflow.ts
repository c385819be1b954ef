// The staff notes of a conversation: what is loaded of them, without a gap up to the newest. Pure, as apply.ts.

import type { Note, NotePage } from '../wire/protocol.ts'

export interface NoteFlow {
  loaded: boolean
  /** There may be notes before the first that is loaded. */
  older: boolean
  items: readonly Note[]
  /** Notes that were told and are not loaded: a page that was on its way meanwhile may be older than they are. */
  early: readonly Note[]
}

export const noNotes: NoteFlow = { loaded: false, older: true, items: [], early: [] }

function merge(into: readonly Note[], add: readonly Note[]): Note[] {
  const byId = new Map(into.map((note) => [note.id, note]))
  for (const note of add) {
    const known = byId.get(note.id)
    if (!known || known.rev <= note.rev) byId.set(note.id, note)
  }
  return [...byId.values()].sort((a, b) => a.id - b.id)
}

export function withNote(flow: NoteFlow, note: Note): NoteFlow {
  if (flow.loaded && (!flow.older || note.id >= (flow.items[0]?.id ?? 0))) return { ...flow, items: merge(flow.items, [note]) }
  return { ...flow, early: merge(flow.early, [note]) }
}

/** A page of notes: the newest, or the one before what is loaded. */
export function withNotes(flow: NoteFlow, page: NotePage): NoteFlow {
  const from = page.more ? (page.notes[0]?.id ?? 0) : 0
  return {
    loaded: true,
    older: page.more,
    items: merge(merge(page.notes, flow.items), flow.early.filter(({ id }) => id >= from)),
    early: flow.early.filter(({ id }) => id < from),
  }
}

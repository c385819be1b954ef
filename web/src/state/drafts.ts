// What is being written, a conversation each: it is there again after the page was closed.

import { signal } from '@preact/signals'
import { keep, kept } from './keep.ts'

export const drafts = signal<Readonly<Record<number, string>>>({})

let owner = 0

export function openDrafts(person: number): void {
  if (owner === person) return
  owner = person
  drafts.value = kept<Record<number, string>>(`drafts.${person}`) ?? {}
}

export function closeDrafts(): void {
  owner = 0
  drafts.value = {}
}

export function setDraft(thread: number, text: string): void {
  const put = (all: Readonly<Record<number, string>>) => {
    const { [thread]: _, ...others } = all
    return text ? { ...others, [thread]: text } : others
  }
  drafts.value = put(drafts.value)
  // Another window may write in another conversation: only this one's draft is put into what is kept.
  const all = put(kept<Record<number, string>>(`drafts.${owner}`) ?? {})
  keep(`drafts.${owner}`, Object.keys(all).length > 0 ? all : undefined)
}

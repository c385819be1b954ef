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
  const { [thread]: _, ...others } = drafts.value
  drafts.value = text ? { ...others, [thread]: text } : others
  keep(`drafts.${owner}`, Object.keys(drafts.value).length > 0 ? drafts.value : undefined)
}

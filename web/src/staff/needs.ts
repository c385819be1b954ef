// Why a conversation needs somebody of the school, most urgent first, and how the list is ordered by it.

import { isFamily, type Conversation } from '../state/apply.ts'
import type { Person, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'

export type Reason =
  | { why: 'call_me' | 'not_understood'; who: Person | undefined; at: number }
  | { why: 'failed' | 'held'; who: undefined; language: string; at: number }
  | { why: 'waits'; who: Person | undefined; at: number }

const A_DAY_MS = 24 * 3600 * 1000

export function personIn(thread: Thread, id: number): Person | undefined {
  return thread.members.find(({ person }) => person.id === id)?.person
}

export function reasonOf({ thread }: Conversation, now: number): Reason | undefined {
  const needs = thread.needs ?? []
  const need = needs.find(({ answer }) => answer === 'call_me') ?? needs.find(({ answer }) => answer !== undefined)
  if (need?.person !== undefined) return { why: need.answer === 'call_me' ? 'call_me' : 'not_understood', who: personIn(thread, need.person), at: need.at }
  const missing = needs.find(({ state }) => state === 'held') ?? needs.find(({ state }) => state !== undefined)
  if (missing?.language !== undefined) return { why: missing.state === 'held' ? 'held' : 'failed', who: undefined, language: missing.language, at: missing.at }
  const { last } = thread
  if (!last || last.body === undefined || last.seq <= (thread.handled ?? 0) || now - last.sent < A_DAY_MS) return undefined
  const who = personIn(thread, last.sender)
  return who && isFamily(who) ? { why: 'waits', who, at: last.sent } : undefined
}

/** The languages of the family, by their own names. */
export function familyLanguages(thread: Thread): string[] {
  const names = thread.members.filter(({ person, until }) => until === undefined && isFamily(person)).flatMap(({ person }) => person.speaks.slice(0, 1))
  return [...new Set(names.map(ownName))]
}

export function familyMembers(thread: Thread) {
  return thread.members.filter(({ person, until }) => until === undefined && isFamily(person))
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

export interface Filter {
  text: string
  class: string
  language: string
}

export function fits({ thread }: Conversation, filter: Filter): boolean {
  if (filter.class && thread.pupil.class?.name !== filter.class) return false
  if (filter.language && !familyLanguages(thread).includes(filter.language)) return false
  if (!filter.text) return true
  const people = thread.members.filter(({ until }) => until === undefined).map(({ person }) => person.name)
  return [thread.pupil.name, thread.pupil.class?.name ?? '', ...people].some((name) => fold(name).includes(fold(filter.text)))
}

export interface Groups {
  need: { conversation: Conversation; reason: Reason }[]
  today: Conversation[]
  rest: Conversation[]
}

const RANK = { call_me: 0, not_understood: 0, held: 1, failed: 1, waits: 2 }

export function groupsOf(all: readonly Conversation[], filter: Filter, now: number): Groups {
  const groups: Groups = { need: [], today: [], rest: [] }
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  for (const conversation of all) {
    if (!fits(conversation, filter)) continue
    const reason = reasonOf(conversation, now)
    if (reason) groups.need.push({ conversation, reason })
    else if ((conversation.thread.last?.sent ?? 0) >= midnight) groups.today.push(conversation)
    else groups.rest.push(conversation)
  }
  const newest = (a: Conversation, b: Conversation) =>
    (b.thread.last?.sent ?? 0) - (a.thread.last?.sent ?? 0) || a.thread.pupil.name.localeCompare(b.thread.pupil.name)
  groups.need.sort((a, b) => RANK[a.reason.why] - RANK[b.reason.why] || b.reason.at - a.reason.at)
  groups.today.sort(newest)
  groups.rest.sort(newest)
  return groups
}

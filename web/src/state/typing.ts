// Who is writing now, as far as those of the school are told. A word of it lasts a few seconds.

import { signal } from '@preact/signals'

const LASTS_MS = 5000
const SAY_EVERY_MS = 3000

export const typing = signal<ReadonlyMap<number, readonly number[]>>(new Map())

const timers = new Map<string, ReturnType<typeof setTimeout>>()
const said = new Map<number, number>()

function change(thread: number, with_: (people: readonly number[]) => readonly number[]): void {
  const next = new Map(typing.value)
  const people = with_(next.get(thread) ?? [])
  if (people.length > 0) next.set(thread, people)
  else next.delete(thread)
  typing.value = next
}

export function heardTyping(thread: number, person: number): void {
  const key = `${thread}:${person}`
  clearTimeout(timers.get(key))
  change(thread, (people) => (people.includes(person) ? people : [...people, person]))
  timers.set(key, setTimeout(() => stoppedTyping(thread, person), LASTS_MS))
}

/** Their message has come, or they have been quiet for a while. */
export function stoppedTyping(thread: number, person: number): void {
  if (typing.value.get(thread)?.includes(person)) change(thread, (people) => people.filter((id) => id !== person))
}

/** Whether it is time to say again that one is writing. */
export function maySayTyping(thread: number, now: number): boolean {
  if (now - (said.get(thread) ?? 0) < SAY_EVERY_MS) return false
  said.set(thread, now)
  return true
}

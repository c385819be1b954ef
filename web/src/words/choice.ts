// Which languages one is offered, and in which order.

import { me } from '../state/store.ts'
import { languageName } from './dates.ts'
import { baseOf, intlTag, isNamed } from './intl.ts'
import { language, languages, type Head } from './words.ts'

/** One order for everybody: by name, Latin before Cyrillic before Arabic before Ethiopic letters. */
const order = new Intl.Collator('en')

function nameIn(reader: string, tag: string): string {
  if (!isNamed(reader)) return ''
  try {
    return new Intl.DisplayNames([intlTag(reader)], { type: 'language' }).of(intlTag(tag)) ?? ''
  } catch {
    return ''
  }
}

/** As one types it: without marks and capitals, with the letters that a keyboard has for those that it lacks. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[يى]/g, 'ی').replace(/ك/g, 'ک').replace(/ı/g, 'i')
}

/** How the reader calls a language, where that is another name than its own; else nothing. */
export function calledBy(head: Head): string {
  const name = languageName(head.tag)
  return folded(name) === folded(head.name) ? '' : name
}

/** The reader's own languages first: the one that is spoken now, those they read and speak, those of the browser. Then all others by name. */
export function offered(): readonly Head[] {
  const own = [language.value.tag, ...(me.value?.reads ?? []), ...(me.value?.speaks ?? []), ...navigator.languages].map(baseOf)
  const place = ({ tag }: Head) => (own.includes(tag) ? own.indexOf(tag) : own.length)
  return [...languages].sort((a, b) => place(a) - place(b) || order.compare(a.name, b.name))
}

/** Those that answer to what was typed: by their own name, their tag, another name, the reader's name for them, the Dutch or the English one. */
export function answering(all: readonly Head[], typed: string): readonly Head[] {
  const wanted = folded(typed.trim())
  if (!wanted) return all
  const names = ({ tag, name, also = [] }: Head) => [name, tag, ...also, nameIn(language.value.tag, tag), nameIn('nl', tag), nameIn('en', tag), nameIn(tag, tag)]
  return all.filter((head) => names(head).some((name) => folded(name).split(/[\s()]+/).some((word) => word.startsWith(wanted)) || folded(name).startsWith(wanted)))
}

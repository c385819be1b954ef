import { me } from '../state/store.ts'
import { language } from '../words/words.ts'

/** For a field: the direction of what is in it, and while it is empty that of its placeholder, which dir=auto would take for left to right. */
export function typedDir(text: string): 'auto' | 'ltr' | 'rtl' {
  return text ? 'auto' : language.value.dir
}

/** The language a message is written in: the one the app speaks to its writer. */
export function writtenIn(): string {
  return language.value.tag || me.value?.language || 'nl'
}

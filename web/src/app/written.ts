import { me } from '../state/store.ts'
import { language } from '../words/words.ts'

/** The language a message is written in: the one the app speaks to its writer. */
export function writtenIn(): string {
  return language.value.tag || me.value?.language || 'nl'
}

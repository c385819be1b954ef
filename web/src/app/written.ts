import { me } from '../state/store.ts'
import { language } from '../words/words.ts'

/** For a field: the direction of what is in it, and while it is empty that of its placeholder, which dir=auto would take for left to right. */
export function typedDir(text: string): 'auto' | 'ltr' | 'rtl' {
  return text ? 'auto' : language.value.dir
}

/** The language that one writes and reads messages in: one's own, which may be one that the app does not speak. */
export function ownLanguage(): string {
  return me.value?.language || language.value.tag
}

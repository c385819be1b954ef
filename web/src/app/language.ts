// Which language the app speaks: the one chosen in this browser, else the one the school knows of the reader, else the browser's.

import { keep, kept } from '../state/keep.ts'
import { chooseLanguage } from '../state/connection.ts'
import { me } from '../state/store.ts'
import { language, nearest, speak } from '../words/words.ts'

export function chosenLanguage(): string {
  return kept<string>('language') ?? nearest(navigator.languages)
}

/** The reader taps a language. */
export async function choose(tag: string): Promise<void> {
  keep('language', tag)
  await speak(tag)
  // The school should know: it writes to them in it.
  if (me.value) await chooseLanguage(tag).catch(() => undefined)
}

/** Somebody signed in: their own language, known to the school, is the better guess than the browser's. */
export async function speakAs(tag: string): Promise<void> {
  if (kept<string>('language') === undefined && nearest([tag]) !== language.value.tag) await speak(tag)
}

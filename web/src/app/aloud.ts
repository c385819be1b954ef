// Words that are no message, said aloud: what stands on a button, a sentence before it is sent. By a voice of the browser, which needs no line and says the
// child's name; else by a person of the school, where it is a phrase that one has spoken; else by the server. Where there is none of these, not at all.

import { isSpoken, soundOf } from '../phrases/spoken.ts'
import { begin, canHear, canSpeak, over, play, speakAloud } from './voice.ts'

const KEPT = 40

/** What the server said: a tile is tapped more than once. */
const said = new Map<string, string>()

function keep(words: string, sound: Blob): string {
  const address = URL.createObjectURL(sound)
  said.set(words, address)
  const [oldest] = said
  if (said.size > KEPT && oldest) {
    said.delete(oldest[0])
    URL.revokeObjectURL(oldest[1])
  }
  return address
}

async function fetchSound(text: string, language: string, signal: AbortSignal): Promise<Blob> {
  const answer = await fetch('/api/speech', { method: 'POST', body: JSON.stringify({ text, language }), headers: { 'content-type': 'application/json' }, signal })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.blob()
}

function sayByServer(text: string, language: string, what: string): void {
  const words = `${language} ${text}`, known = said.get(words)
  if (known) {
    play(what, known)
    return
  }
  const stop = new AbortController()
  begin(what, () => stop.abort(), 'waits')
  fetchSound(text, language, stop.signal).then(
    (sound) => {
      if (!stop.signal.aborted) play(what, keep(words, sound))
    },
    () => over(what, !stop.signal.aborted),
  )
}

/** phrase: whose sentence it is. */
export const canSay = (language: string, phrase?: string): boolean => canHear(language) || (phrase !== undefined && isSpoken(phrase, language))

export function sayAloud(text: string, language: string, phrase?: string, what = text): void {
  if (canSpeak(language)) speakAloud(text, language, what)
  else if (phrase !== undefined && isSpoken(phrase, language)) play(what, soundOf(phrase, language))
  else if (canHear(language)) sayByServer(text, language, what)
}

// Hearing a message: by a voice of the browser where it has one for the language, else by the server's. Where neither has one there is no button.
// One thing is heard at a time, whatever it is; a second tap ends it.

import { signal } from '@preact/signals'
import { state } from '../state/store.ts'
import { sameLanguage } from '../words/shown.ts'

const voices = signal<readonly SpeechSynthesisVoice[]>([])

/** What is heard now, by a name that its button knows. */
export const heard = signal<{ what: string; how: 'waits' | 'plays' | 'failed' } | null>(null)

if ('speechSynthesis' in window) {
  const look = () => {
    voices.value = speechSynthesis.getVoices()
  }
  look()
  speechSynthesis.addEventListener?.('voiceschanged', look)
}

let ends: (() => void) | null = null

/** Something is to be heard: what was heard before ends. end: how this one is ended. */
export function begin(what: string, end: () => void, how: 'waits' | 'plays' = 'plays'): void {
  ends?.()
  ends = end
  heard.value = { what, how }
}

/** It is over by itself, or by its own button; of something else that is heard meanwhile nothing changes. */
export function over(what: string, failed = false): void {
  if (heard.value?.what !== what) return
  ends = null
  heard.value = failed ? { what, how: 'failed' } : null
}

/** Ends what is heard. */
export function hush(): void {
  const end = ends
  ends = null
  end?.()
  heard.value = null
}

export function canSpeak(language: string): boolean {
  return voices.value.some(({ lang }) => sameLanguage(lang.replace('_', '-'), language))
}

/** Whether a message in this language can be heard at all. */
export function canHear(language: string): boolean {
  return canSpeak(language) || (state.value?.says.some((one) => sameLanguage(one, language)) ?? false)
}

export function speakAloud(text: string, language: string, what = text): void {
  const voice = voices.value.find(({ lang }) => sameLanguage(lang.replace('_', '-'), language))
  const utterance = new SpeechSynthesisUtterance(text)
  if (voice) utterance.voice = voice
  utterance.lang = voice?.lang ?? language
  utterance.rate = 0.9
  utterance.onend = () => over(what)
  // Ended by us is no failure.
  utterance.onerror = ({ error }) => over(what, error !== 'canceled' && error !== 'interrupted')
  begin(what, () => speechSynthesis.cancel())
  speechSynthesis.speak(utterance)
}

/** Said by the server: the address holds numbers only. */
export function play(what: string, address: string): void {
  const sound = new Audio(address)
  begin(
    what,
    () => {
      sound.pause()
      sound.removeAttribute('src')
    },
    'waits',
  )
  sound.onplaying = () => {
    if (heard.value?.what === what) heard.value = { what, how: 'plays' }
  }
  sound.onended = () => over(what)
  sound.onerror = () => over(what, true)
  sound.play().catch(() => over(what, true))
}

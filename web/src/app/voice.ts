// Hearing a message, by the browser's own voices: the button is there only where a voice speaks the language.

import { signal } from '@preact/signals'
import { sameLanguage } from '../words/shown.ts'

const voices = signal<readonly SpeechSynthesisVoice[]>([])

if ('speechSynthesis' in window) {
  const look = () => {
    voices.value = speechSynthesis.getVoices()
  }
  look()
  speechSynthesis.addEventListener?.('voiceschanged', look)
}

export function canSpeak(language: string): boolean {
  return voices.value.some(({ lang }) => sameLanguage(lang.replace('_', '-'), language))
}

export function speakAloud(text: string, language: string): void {
  const voice = voices.value.find(({ lang }) => sameLanguage(lang.replace('_', '-'), language))
  const utterance = new SpeechSynthesisUtterance(text)
  if (voice) utterance.voice = voice
  utterance.lang = voice?.lang ?? language
  utterance.rate = 0.9
  speechSynthesis.cancel()
  speechSynthesis.speak(utterance)
}

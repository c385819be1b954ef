import { useEffect } from 'preact/hooks'
import { Listen, type Heard } from '../app/Listen.tsx'
import { isSpoken, look } from './spoken.ts'

/** Hears a phrase where no voice knows the language, but a person has spoken it. */
export function Spoken(heard: Heard & { phrase: string }) {
  useEffect(look, [])
  return isSpoken(heard.phrase, heard.language) ? <Listen {...heard} spoken /> : null
}

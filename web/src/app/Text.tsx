import type { Direction } from '../wire/protocol.ts'
import { PhrasePicture } from './PhrasePicture.tsx'

/** What a person wrote: only ever a text node, in its own language and direction. */
export function Text({ body, language, direction, kind = 'text', phrase }: { body: string; language: string; direction: Direction; kind?: string; phrase?: string | undefined }) {
  return (
    <p class={kind} lang={language} dir={direction}>
      {phrase && <PhrasePicture phrase={phrase} />}
      {body}
    </p>
  )
}

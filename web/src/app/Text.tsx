import type { Direction } from '../wire/protocol.ts'

/** What a person wrote: only ever a text node, in its own language and direction. */
export function Text({ body, language, direction, kind = 'text' }: { body: string; language: string; direction: Direction; kind?: string }) {
  return (
    <p class={kind} lang={language} dir={direction}>
      {body}
    </p>
  )
}

import { pictures } from '../pictures/phrases.ts'

/** A pictogram of the list. The word always stands with it, so it says nothing to who listens. */
export function Pictogram({ name }: { name: string }) {
  const url = pictures[name]
  return url ? <img class="p" src={url} alt="" loading="lazy" decoding="async" draggable={false} /> : null
}

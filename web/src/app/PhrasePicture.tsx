import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { fetched } from '../words/fetched.ts'

type PictureOf = (phrase: string) => string | undefined
const pictureOf = signal<{ of: PictureOf } | null>(null)
let asked = false

/** Which picture a phrase has is fetched when the first phrase is seen. */
function ask(): void {
  if (asked) return
  asked = true
  fetched(() => import('../phrases/pictureOf.ts')).then(
    (found) => {
      pictureOf.value = { of: found.pictureOf }
    },
    () => {
      asked = false
    },
  )
}

/** The picture that stands with a phrase wherever it is shown, for who does not read. */
export function PhrasePicture({ phrase }: { phrase: string }) {
  useEffect(ask, [])
  const url = pictureOf.value?.of(phrase)
  return url ? <img class="p beside" src={url} alt="" decoding="async" draggable={false} /> : null
}

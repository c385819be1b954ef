import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { BookmarkCheck, Smile } from '../pictures/icons.tsx'
import type { Thread } from '../wire/protocol.ts'
import { fetched } from '../words/fetched.ts'
import { t } from '../words/words.ts'

type Menu = FunctionComponent<{ thread: Thread; close: () => void }>

const school = () => import('../phrases/PhraseSheet.tsx').then(({ PhraseSheet }) => PhraseSheet as Menu)
const family = () => import('../phrases/MyMenu.tsx').then(({ MyMenu }) => MyMenu as Menu)
const SOON_MS = 3000

/** Opens the phrase list: for the school the list with its pictures, for a family what it says again and again, by picture alone. */
export function PhraseButton({ thread, forFamily = false }: { thread: Thread; forFamily?: boolean }) {
  const [Opened, setOpened] = useState<Menu | null>(null)
  const load = forFamily ? family : school

  // A family's is here before it is wanted: a child is ill on a day without a line too.
  useEffect(() => {
    if (!forFamily) return
    const soon = setTimeout(() => void load().catch(() => undefined), SOON_MS)
    return () => clearTimeout(soon)
  }, [load])

  return (
    <>
      <button type="button" class="tool" aria-haspopup="dialog" aria-label={t(forFamily ? 'my.open' : 'phrase.button')} onClick={() => void fetched(load).then((found) => setOpened(() => found), () => undefined)}>
        <span class="ic">{forFamily ? <Smile /> : <BookmarkCheck />}</span>
        {t(forFamily ? 'my.open' : 'phrase.short')}
      </button>
      {Opened && <Opened thread={thread} close={() => setOpened(null)} />}
    </>
  )
}

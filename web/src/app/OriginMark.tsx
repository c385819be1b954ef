import { BadgeCheck, BookmarkCheck, Bot, Pencil } from '../pictures/icons.tsx'
import type { Thread } from '../wire/protocol.ts'
import type { Shown } from '../words/shown.ts'
import { iso, t } from '../words/words.ts'

/** Where the words that are shown come from: an icon and a word, so that nobody takes a machine for a person. */
export function OriginMark({ shown, thread }: { shown: Shown; thread: Thread }) {
  const author = thread.members.find(({ person }) => person.id === shown.author)?.person.name
  switch (shown.origin) {
    case 'correction':
      return <span class="origin"><Pencil />{t('origin.correction')}</span>
    case 'person':
      return <span class="origin"><BadgeCheck />{author ? t('origin.personBy', { name: iso(author) }) : t('origin.person')}</span>
    case 'phrase':
      return <span class="origin"><BookmarkCheck />{t('origin.phrase')}</span>
    case 'machine':
      return <span class="origin"><Bot />{t('origin.machine')}</span>
    default:
      return null
  }
}

import { BadgeCheck, BookmarkCheck, Bot, Pencil } from '../pictures/icons.tsx'
import type { Thread } from '../wire/protocol.ts'
import type { Shown } from '../words/shown.ts'
import { iso, t } from '../words/words.ts'
import { roleOf } from './role.ts'

/** Where the words that are shown come from: an icon and a word, so that nobody takes a machine for a person. */
export function OriginMark({ shown, thread }: { shown: Shown; thread: Thread }) {
  const author = thread.members.find(({ person }) => person.id === shown.author)?.person.name
  const checker = thread.members.find(({ person }) => person.id === shown.checked_by)?.person
  switch (shown.origin) {
    case 'correction':
      return <span class="origin"><Pencil />{t('origin.correction')}</span>
    case 'person':
      return <span class="origin"><BadgeCheck />{author ? t('origin.personBy', { name: iso(author) }) : t('origin.person')}</span>
    case 'phrase':
      return <span class="origin"><BookmarkCheck />{t(shown.native ? 'origin.phrase' : 'origin.phraseUnread')}</span>
    case 'machine':
      return checker
        ? <span class="origin" title={checker.name}><BadgeCheck />{t('origin.checkedBy', { role: iso(roleOf(checker)) })}</span>
        : <span class="origin"><Bot />{t('origin.machine')}{shown.engine && <bdi dir="ltr">{shown.engine}</bdi>}</span>
    default:
      return null
  }
}

import { BadgeCheck, BookmarkCheck, BookOpen, Bot, Languages } from '../pictures/icons.tsx'
import type { PreviewLanguage, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { iso, t } from '../words/words.ts'

const PICTURES = { original: BookOpen, phrase: BookmarkCheck, machine: Bot, person: BadgeCheck, nobody: Languages } as const

/** Where the words that somebody will read come from, before they are sent. */
export function PreviewLine({ line: { language, source, by }, thread }: { line: PreviewLanguage; thread: Thread }) {
  const Picture = PICTURES[source]
  const name = thread.members.find(({ person }) => person.id === by)?.person.name
  return <span class={`pvl ${source}`}><Picture small />{t(`staff.preview.${source}`, { language: iso(ownName(language)), name: iso(name ?? '') })}</span>
}

// The words for hints, of a language: the list of locales/jargon/, fetched when somebody of the school first writes, and what the school added itself: rows of its
// glossary that say in the same language what is plainer.

import type { Term } from '../wire/protocol.ts'
import { fetched } from './fetched.ts'
import { Plain, type Jargon } from './plain.ts'
import { sameLanguage } from './shown.ts'

export { replaced, type Hint, type Plain } from './plain.ts'

const files = import.meta.glob<Jargon>('../../../locales/jargon/*.json', { import: 'default' })

/** Null where there is no list for the language. The glossary is asked each time: it may have changed. */
export async function plainFor(language: string, glossary: () => Promise<readonly Term[]>): Promise<Plain | null> {
  const path = Object.keys(files).find((name) => sameLanguage(/([^/]+)\.json$/.exec(name)?.[1] ?? '', language))
  const file = path ? files[path] : undefined
  if (!file) return null
  const [list, terms] = await Promise.all([fetched(file).catch(() => null), glossary().catch(() => [])])
  if (!list) return null
  const own = terms.flatMap(({ language: from, target, words, instead }) =>
    instead !== undefined && target !== undefined && sameLanguage(from, language) && sameLanguage(target, language) ? [{ say: [words], instead }] : [],
  )
  return new Plain(list, own)
}

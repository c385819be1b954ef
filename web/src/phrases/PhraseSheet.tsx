import { useEffect, useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { ownLanguage } from '../app/written.ts'
import { sayByPhrase } from '../state/connection.ts'
import type { Thread } from '../wire/protocol.ts'
import { baseOf } from '../words/intl.ts'
import { phraseList, phrasesIn, phraseTags, sourcePhrases, type Phrase, type PhraseWords } from '../words/phrases.ts'
import { t } from '../words/words.ts'
import { Fill } from './Fill.tsx'
import { Find } from './Find.tsx'
import './phrases.css'

export interface Lists {
  all: readonly Phrase[]
  source: PhraseWords
  /** The sender's own, or the source where the list has it not. */
  own: PhraseWords
  /** What those read who are in the conversation. */
  read: readonly PhraseWords[]
}

async function fetchLists(thread: Thread): Promise<Lists | undefined> {
  const reads = thread.members.filter(({ until }) => until === undefined).flatMap(({ person }) => (person.language ? [baseOf(person.language)] : []))
  const [all, source, own, ...read] = await Promise.all([phraseList(), sourcePhrases(), phrasesIn(ownLanguage()), ...[...new Set(reads)].map(phrasesIn)])
  if (!source) return undefined
  return { all, source, own: own ?? source, read: read.filter((words) => words !== undefined) }
}

/** The school's phrase list: looked through by words and pictures, then filled in, seen in the family's languages, and sent. */
export function PhraseSheet({ thread, close }: { thread: Thread; close: () => void }) {
  const [lists, setLists] = useState<Lists>()
  const [others, setOthers] = useState<readonly PhraseWords[]>([])
  const [chosen, setChosen] = useState<Phrase>()

  useEffect(() => {
    void fetchLists(thread).then(setLists, () => undefined)
  }, [thread.id])

  /** Words in any language find a phrase: the others are fetched when somebody looks for the first time. */
  function look() {
    if (others.length === 0) void Promise.all(phraseTags.map(phrasesIn)).then((all) => setOthers(all.filter((words) => words !== undefined)), () => undefined)
  }

  if (!lists) return <Sheet title={t('phrase.title')} close={close}><p class="fine">{t('phrase.fetching')}</p></Sheet>
  if (!chosen)
    return (
      <Sheet title={t('phrase.title')} close={close}>
        <Find lists={lists} others={others} child={thread.pupil.given} look={look} choose={setChosen} />
      </Sheet>
    )
  return (
    <Sheet title={t(`phrase.category.${chosen.category}`)} close={close}>
      <Fill
        thread={thread}
        lists={lists}
        phrase={chosen}
        child={thread.pupil.given}
        back={() => setChosen(undefined)}
        send={(parts, body) => {
          sayByPhrase(thread.id, chosen.key, parts, body, lists.own.language.tag)
          close()
        }}
      />
    </Sheet>
  )
}

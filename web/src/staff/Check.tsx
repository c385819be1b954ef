import { useEffect, useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Text } from '../app/Text.tsx'
import { BadgeCheck, Pencil, Send } from '../pictures/icons.tsx'
import { checkVersion, heldOf, letGo } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { Direction, Message, Thread, Topic } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { sameLanguage, shownTo } from '../words/shown.ts'
import { t } from '../words/words.ts'
import { AddVersion } from './AddVersion.tsx'

interface Words {
  body: string
  language: string
  direction: Direction
  /** A version that is shown already. */
  n?: number
  /** Why one that waits does. */
  topic?: Topic
}

/** A version to look at: one that is shown, or one that waits for a person. */
export function Check({ message, thread, version, language, close }: { message: Message; thread: Thread; version?: Words; language: string; close: () => void }) {
  const [words, setWords] = useState<Words | null>(version ?? null)
  const [writing, setWriting] = useState(false)
  const [fault, setFault] = useState('')
  const original = shownTo(message, message.language)
  const own = message.sender === me.value?.id

  useEffect(() => {
    if (version) return
    heldOf(thread.id, message.seq).then(
      (held) => setWords(held.find((one) => sameLanguage(one.language, language)) ?? null),
      (error: unknown) => setFault(sayError(error)),
    )
  }, [version, thread.id, message.seq, language])

  if (writing) return <AddVersion message={message} thread={thread} close={close} {...(words ? { begin: words } : {})} />
  const run = (work: Promise<unknown>) => void work.then(close, (error: unknown) => setFault(sayError(error)))
  return (
    <Sheet title={t('staff.checkTitle')} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      {original && <Text kind="orig" body={original.body} language={original.language} direction={original.direction} />}
      {words && <p class="lab" lang={words.language}>{ownName(words.language)}</p>}
      {words && <Text body={words.body} language={words.language} direction={words.direction} />}
      {words?.topic && <p class="fine">{t('staff.topic.why', { topic: t(`staff.topic.${words.topic}`) })}</p>}
      <div class="btns">
        {words && may('check_version') && (
          <button type="button" class="btn go" onClick={() => run(checkVersion(thread.id, message.seq, words.n === undefined ? { language: words.language } : { n: words.n }))}>
            <BadgeCheck />
            {t('staff.check')}
          </button>
        )}
        {may('version', own) && (
          <button type="button" class="btn" onClick={() => setWriting(true)}>
            <Pencil />
            {t('staff.betterWords')}
          </button>
        )}
        {own && words && words.n === undefined && (
          <>
            <button type="button" class="btn" onClick={() => run(letGo(thread.id, message.seq))}>
              <Send />
              {t('message.letGo')}
            </button>
            <p class="fine">{t('message.letGoNote')}</p>
          </>
        )}
      </div>
    </Sheet>
  )
}

import '../style/reading.css'
import { Pencil } from '../pictures/icons.tsx'
import type { Message, Thread } from '../wire/protocol.ts'
import { full, ownName, short } from '../words/dates.ts'
import { historyOf } from '../words/shown.ts'
import { t } from '../words/words.ts'
import { OriginMark } from './OriginMark.tsx'
import { Sheet } from './Sheet.tsx'
import { Text } from './Text.tsx'

/** Every wording of a message: in which language, from whom or what, when, and which of them are no longer shown. */
export function History({ message, thread, close }: { message: Message; thread: Thread; close: () => void }) {
  return (
    <Sheet title={t('history.title')} close={close}>
      <ol class="past">
        {historyOf(message).map((past) => {
          const author = thread.members.find(({ person }) => person.id === past.author)?.person.name
          return (
            <li key={past.n} class={past.state === 'now' ? '' : 'old'}>
              <p class="meta">
                <b lang={past.language}><bdi>{ownName(past.language)}</bdi></b>
                {past.origin ? <OriginMark shown={past as Parameters<typeof OriginMark>[0]['shown']} thread={thread} /> : <span class="origin"><Pencil />{t('history.original')}</span>}
                {author && past.origin !== 'person' && <bdi>{author}</bdi>}
                <time dateTime={new Date(past.at).toISOString()} title={full(past.at)}>{short(past.at)}</time>
              </p>
              <Text body={past.body} language={past.language} direction={past.direction} />
              {past.state !== 'now' && <p class="fine">{t(`history.${past.state}`)}</p>}
            </li>
          )
        })}
      </ol>
    </Sheet>
  )
}

import { useState } from 'preact/hooks'
import { BetterWords } from '../app/BetterWords.tsx'
import { Listen } from '../app/Listen.tsx'
import { OriginMark } from '../app/OriginMark.tsx'
import { Text } from '../app/Text.tsx'
import { ownLanguage } from '../app/written.ts'
import { Face } from '../pictures/faces.tsx'
import { ChevronDown, ChevronUp, Undo } from '../pictures/icons.tsx'
import type { Message, Thread } from '../wire/protocol.ts'
import { full, ownName, time } from '../words/dates.ts'
import { sameLanguage, shownTo } from '../words/shown.ts'
import { t } from '../words/words.ts'

export function Incoming({ message, thread }: { message: Message; thread: Thread }) {
  const [open, setOpen] = useState(false)
  const shown = shownTo(message, ownLanguage())
  const sender = thread.members.find(({ person }) => person.id === message.sender)?.person

  if (!shown)
    return (
      <p class="gone" data-seq={message.seq}>
        <Undo />
        {t('message.withdrawn')}
      </p>
    )
  const { original } = shown
  return (
    <article class="msg in" data-seq={message.seq}>
      <div class="who">
        <Face id={message.sender} kind="person" size="s" />
        <b><bdi>{sender?.name}</bdi></b>
        <OriginMark shown={shown} thread={thread} />
      </div>
      <Text body={shown.body} language={shown.language} direction={shown.direction} phrase={shown.origin === 'correction' ? undefined : message.phrase} />
      <BetterWords seq={message.seq} thread={thread} />
      {open && original && <Text kind="orig" body={original.body} language={original.language} direction={original.direction} />}
      <div class="acts">
        {shown.body && <Listen text={shown.body} language={shown.language} thread={thread.id} seq={message.seq} version={shown.n ?? 0} />}
        {original ? (
          <button type="button" class="act quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {shown.origin === 'correction' ? t('message.before') : <span lang={original.language}>{ownName(original.language)}</span>}
            {open ? <ChevronUp small /> : <ChevronDown small />}
          </button>
        ) : (
          // Nobody has put it into the reader's language yet: say which it is in.
          <span class="act quiet" lang={shown.language}>{sameLanguage(shown.language, ownLanguage()) ? '' : ownName(shown.language)}</span>
        )}
        <time class="time ltr" dateTime={new Date(message.sent).toISOString()} title={full(message.sent)}>
          {time(message.sent)}
        </time>
      </div>
    </article>
  )
}

import { useState } from 'preact/hooks'
import { balancedFor } from '../app/balance.ts'
import { BetterWords } from '../app/BetterWords.tsx'
import { Listen } from '../app/Listen.tsx'
import { Attached } from '../app/media.tsx'
import { Origin } from '../app/Origin.tsx'
import { SpokenBeside } from '../app/SpokenBeside.tsx'
import { Text } from '../app/Text.tsx'
import { ownLanguage } from '../app/written.ts'
import { Face } from '../pictures/faces.tsx'
import { ChevronDown, ChevronUp, Undo } from '../pictures/icons.tsx'
import type { Message, Thread } from '../wire/protocol.ts'
import { full, ownName, time } from '../words/dates.ts'
import { sameLanguage } from '../words/shown.ts'
import { t } from '../words/words.ts'

export function Incoming({ message, thread }: { message: Message; thread: Thread }) {
  const [open, setOpen] = useState(false)
  const words = balancedFor(message)
  const sender = thread.members.find(({ person }) => person.id === message.sender)?.person

  if (!words)
    return (
      <p class="gone" data-seq={message.seq}>
        <Undo />
        {t('message.withdrawn')}
      </p>
    )
  const { first: shown, beside, hidden } = words
  const next = hidden[0]
  return (
    <article class="msg in" data-seq={message.seq}>
      <div class="who">
        <Face id={message.sender} kind="person" size="s" />
        <b><bdi>{sender?.name}</bdi></b>
        <Origin shown={shown.origin ? shown : (beside ?? shown)} message={message} thread={thread} />
      </div>
      {shown.body && <Text body={shown.body} language={shown.language} direction={shown.direction} phrase={shown.origin === 'correction' ? undefined : message.phrase} />}
      {beside?.body && <Text kind="text beside" body={beside.body} language={beside.language} direction={beside.direction} />}
      <SpokenBeside message={message} thread={thread} />
      {message.attachments && <Attached attachments={message.attachments} from={sender?.name ?? ''} />}
      <BetterWords seq={message.seq} thread={thread} />
      {open && hidden.map((one, i) => one.body && <Text key={i} kind="orig" body={one.body} language={one.language} direction={one.direction} />)}
      <div class="acts">
        {shown.body && <Listen text={shown.body} language={shown.language} thread={thread.id} seq={message.seq} version={shown.n ?? 0} phrase={message.phrase} />}
        {next ? (
          <button type="button" class="act quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {next.before ? t('message.before') : <span lang={next.language}>{ownName(next.language)}</span>}
            {open ? <ChevronUp small /> : <ChevronDown small />}
          </button>
        ) : (
          // Nobody has put it into the reader's language yet: say which it is in.
          <span class="act quiet" lang={shown.language}>{beside || sameLanguage(shown.language, ownLanguage()) ? '' : ownName(shown.language)}</span>
        )}
        <time class="time ltr" dateTime={new Date(message.sent).toISOString()} title={full(message.sent)}>
          {time(message.sent)}
        </time>
      </div>
    </article>
  )
}

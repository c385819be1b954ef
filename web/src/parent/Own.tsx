import { useState } from 'preact/hooks'
import { Attached, Sending } from '../app/media.tsx'
import { part } from '../app/part.tsx'
import { Text } from '../app/Text.tsx'
import { Check, Clock, More, Pencil, Retry, TriangleAlert, Undo, X } from '../pictures/icons.tsx'
import { again, drop, type Waiting } from '../state/outbox.ts'
import { retry } from '../state/connection.ts'
import { drafts, setDraft } from '../state/drafts.ts'
import { line, me } from '../state/store.ts'
import type { Message } from '../wire/protocol.ts'
import { full, time } from '../words/dates.ts'
import { sayProblem } from '../words/problem.ts'
import { shownTo } from '../words/shown.ts'
import { t } from '../words/words.ts'

const Held = part(() => import('./Held.tsx').then((it) => it.Held))
const MessageMenu = part(() => import('../app/MessageMenu.tsx').then((it) => it.MessageMenu))

/** One's own message. One tick: the school has it. */
export function Own({ message, thread }: { message: Message; thread: number }) {
  const [menu, setMenu] = useState(false)
  const shown = shownTo(message, message.language)
  if (!shown)
    return (
      <p class="gone mine-gone" data-seq={message.seq}>
        <Undo />
        {t('message.youWithdrew')}
      </p>
    )
  return (
    <article class="msg mine" data-seq={message.seq}>
      {shown.body && <Text body={shown.body} language={shown.language} direction={shown.direction} phrase={shown.origin === 'correction' ? undefined : message.phrase} />}
      {message.attachments && <Attached attachments={message.attachments} from={me.value?.name ?? ''} />}
      {message.untranslated?.some(({ state }) => state === 'held') && <Held message={message} thread={thread} />}
      <div class="foot">
        <button type="button" class="dots" aria-label={t('message.more')} aria-haspopup="dialog" onClick={() => setMenu(true)}>
          <More />
        </button>
        {shown.origin === 'correction' && <span class="origin"><Pencil />{t('origin.correction')}</span>}
        <time class="ltr" dateTime={new Date(message.sent).toISOString()} title={full(message.sent)}>
          {time(message.sent)}
        </time>
        <Check label={t('message.sent')} />
      </div>
      {menu && <MessageMenu message={message} thread={thread} close={() => setMenu(false)} />}
    </article>
  )
}

/** Written, not on the server yet: it says so, and what will happen. */
export function Unsent({ waiting }: { waiting: Waiting }) {
  const { problem } = waiting
  if (!problem)
    return (
      <article class="msg mine wait">
        {waiting.body && <p class="text" dir="auto" lang={waiting.language}>{waiting.body}</p>}
        {waiting.parcels && <Sending parcels={waiting.parcels} />}
        <div class="foot">
          <span>{t(line.value === 'live' ? 'message.sending' : 'message.waits')}</span>
          <Clock />
        </div>
      </article>
    )
  return (
    <article class="msg mine fail">
      {waiting.body && <p class="text" dir="auto" lang={waiting.language}>{waiting.body}</p>}
      {waiting.parcels && <Sending parcels={waiting.parcels} />}
      <div class="foot" role="alert">
        <TriangleAlert />
        <span>{sayProblem(problem)}</span>
      </div>
      <div class="acts flat">
        <button
          type="button"
          class="act"
          onClick={() => {
            again(waiting.client_id)
            retry()
          }}
        >
          <Retry />
          {t('message.again')}
        </button>
        <button
          type="button"
          class="act"
          onClick={() => {
            const dropped = drop(waiting.client_id)
            if (dropped?.body && !drafts.value[dropped.thread]) setDraft(dropped.thread, dropped.body)
          }}
        >
          {waiting.parcels ? <X /> : <Pencil />}
          {t(waiting.parcels ? 'message.giveUp' : 'message.change')}
        </button>
      </div>
    </article>
  )
}

import { useState } from 'preact/hooks'
import { BetterWords } from '../app/BetterWords.tsx'
import { Listen } from '../app/Listen.tsx'
import { Attached } from '../app/media.tsx'
import { MessageMenu } from '../app/MessageMenu.tsx'
import { balancedFor } from '../app/balance.ts'
import { Origin } from '../app/Origin.tsx'
import { SpokenBeside } from '../app/SpokenBeside.tsx'
import { Text } from '../app/Text.tsx'
import { ownLanguage } from '../app/written.ts'
import { Face } from '../pictures/faces.tsx'
import { CheckCheck, Languages, More, Undo, UserPlus } from '../pictures/icons.tsx'
import type { Conversation } from '../state/apply.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { Message as Told, Thread } from '../wire/protocol.ts'
import { full, time } from '../words/dates.ts'
import { sameLanguage, shownTo } from '../words/shown.ts'
import { iso, t } from '../words/words.ts'
import { AddVersion } from './AddVersion.tsx'
import { BringIn } from './BringIn.tsx'
import { familyMembers, personIn } from './needs.ts'
import { Replies } from './Replies.tsx'
import { Unchecked, Waiting } from './Waiting.tsx'

/** The other side's wording: what the family reads of ours, or what they wrote themselves. */
function otherWording(message: Told, thread: Thread) {
  const shown = shownTo(message, ownLanguage())
  if (!shown) return undefined
  if (shown.original) return shown.original
  for (const { person } of familyMembers(thread)) {
    const theirs = shownTo(message, person.language ?? person.speaks[0] ?? 'nl')
    if (theirs && !sameLanguage(theirs.language, shown.language)) return theirs
  }
  return undefined
}

function ReadBy({ message, thread }: { message: Told; thread: Thread }) {
  const names = familyMembers(thread).filter(({ read }) => (read ?? 0) >= message.seq).map(({ person }) => iso(person.name))
  if (names.length === 0) return null
  return <footer><CheckCheck />{t('staff.readBy', { names: names.join(t('comma') + ' ') })}</footer>
}

export function Message({ message, conversation }: { message: Told; conversation: Conversation }) {
  const { thread } = conversation
  const [open, setOpen] = useState<'menu' | 'version' | 'bring' | ''>('')
  const own = message.sender === me.value?.id
  const sender = personIn(thread, message.sender)
  const words = balancedFor(message)
  if (!words) return <p class={own ? 'gone mine-gone' : 'gone'} data-seq={message.seq}><Undo />{t(own ? 'message.youWithdrew' : 'message.withdrawn')}</p>
  const shown = words.first
  const other = words.beside ?? words.hidden.find(({ before }) => !before) ?? otherWording(message, thread)
  const origin = shown.origin ? shown : other && 'origin' in other ? (other as typeof shown) : undefined

  const inside = (
    <>
      <header>
        <b>{own ? t('staff.youUpper') : <bdi>{sender?.name}</bdi>}</b>
        <time class="ltr" dateTime={new Date(message.sent).toISOString()} title={full(message.sent)}>{time(message.sent)}</time>
        {origin && <Origin shown={origin} message={message} thread={thread} />}
        <span class="tools">
          {!own && may('bring') && (
            <button type="button" class="dots" aria-haspopup="dialog" aria-label={t('staff.bringFrom')} onClick={() => setOpen('bring')}>
              <UserPlus />
            </button>
          )}
          {may('version', own) && (
            <button type="button" class="dots" aria-haspopup="dialog" aria-label={t(own ? 'message.more' : 'staff.addVersion')} onClick={() => setOpen(own ? 'menu' : 'version')}>
              {own ? <More /> : <Languages />}
            </button>
          )}
        </span>
      </header>
      {shown.body && <Text body={shown.body} language={shown.language} direction={shown.direction} phrase={shown.origin === 'correction' ? undefined : message.phrase} />}
      <SpokenBeside message={message} thread={thread} />
      {message.attachments && <Attached attachments={message.attachments} from={sender?.name ?? ''} />}
      {other?.body && <Text kind="alt" body={other.body} language={other.language} direction={other.direction} />}
      {!own && shown.body && <div class="hear"><Listen text={shown.body} language={shown.language} thread={thread.id} seq={message.seq} version={shown.n ?? 0} phrase={message.phrase} /></div>}
      <BetterWords seq={message.seq} thread={thread} />
      {origin && <Unchecked message={message} thread={thread} shown={origin} />}
      <Waiting message={message} thread={thread} />
      {own && <ReadBy message={message} thread={thread} />}
      <Replies message={message} conversation={conversation} />
      {open === 'menu' && <MessageMenu message={message} thread={thread.id} close={() => setOpen('')} more={() => setOpen('version')} {...(may('bring') ? { bring: () => setOpen('bring') } : {})} />}
      {open === 'bring' && <BringIn thread={thread} from={message} close={() => setOpen('')} />}
      {open === 'version' && <AddVersion message={message} thread={thread} close={() => setOpen('')} />}
    </>
  )
  if (own) return <article class="sm mine" data-seq={message.seq}>{inside}</article>
  return (
    <article class="sm in" data-seq={message.seq}>
      <Face id={message.sender} kind="person" size="s" />
      <div class="bb">{inside}</div>
    </article>
  )
}

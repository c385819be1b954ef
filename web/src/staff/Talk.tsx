import { useEffect, useState } from 'preact/hooks'
import { entriesOf } from '../app/entries.ts'
import { Composer } from '../app/Composer.tsx'
import { PhraseButton } from '../app/PhraseButton.tsx'
import { Day } from '../app/Day.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { go, place } from '../app/route.ts'
import { Turn } from '../app/Turn.tsx'
import { useFlow } from '../app/useFlow.ts'
import { Unsent } from '../parent/Own.tsx'
import { Face } from '../pictures/faces.tsx'
import { Back, Check, Lock, Users } from '../pictures/icons.tsx'
import type { Conversation } from '../state/apply.ts'
import { handled, watch } from '../state/connection.ts'
import { outbox } from '../state/outbox.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import { typing } from '../state/typing.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { Message } from './Message.tsx'
import { personIn, reasonOf } from './needs.ts'
import { PlainHint } from './PlainHint.tsx'
import { Reads } from './Reads.tsx'
import type { SideView } from './Side.tsx'

export function Talk({ conversation, show }: { conversation: Conversation; show: (what: SideView) => void }) {
  const { thread } = conversation
  const flow = useFlow(conversation, place.value.at === 'thread' ? place.value : undefined)
  const { shown } = flow
  const [fault, setFault] = useState('')
  const fresh = thread.notes_unread ?? 0
  const others = thread.members.filter(({ person, until }) => until === undefined && person.id !== me.value?.id)
  const writing = (typing.value.get(thread.id) ?? []).map((id) => personIn(thread, id)?.name).filter((name) => name !== undefined)

  useEffect(() => {
    watch(thread.id)
    return () => watch(0)
  }, [thread.id])

  return (
    <section class="pane talk" aria-label={t('flow.label')}>
      <header class="th">
        <button type="button" class="iconb only-small" aria-label={t('back')} onClick={() => go({ at: 'home' })}>
          <Back />
        </button>
        <Face id={thread.pupil.id} kind="pupil" />
        <div class="tt">
          <h1><bdi>{thread.pupil.name}</bdi> <span><bdi>{thread.pupil.class?.name}</bdi></span></h1>
          <p>{[...others.map(({ person }) => iso(person.name)), t('staff.youLower')].join(t('comma') + ' ')}</p>
        </div>
        {may('handled') && reasonOf(conversation, Date.now()) && (
          <button type="button" class="hb" onClick={() => void handled(thread.id).then(() => setFault(''), (error: unknown) => setFault(sayError(error)))}>
            <Check />
            {t('staff.handled')}
          </button>
        )}
        {thread.notes !== undefined && (
          <button type="button" class="iconb not-wide lockbtn" aria-label={fresh > 0 ? t('notes.unread', { count: fresh }) : t('notes.title')} onClick={() => show('notes')}>
            <Lock />
            {fresh > 0 && <span class="nb" aria-hidden="true">{fresh}</span>}
          </button>
        )}
        <button type="button" class="iconb not-wide" aria-label={t('staff.family')} onClick={() => show('family')}>
          <Users />
        </button>
        <span class="only-small"><LanguageButton /></span>
      </header>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="tflow" ref={flow.ref as { current: HTMLDivElement | null }} onScroll={flow.onScroll}>
        <div class="spring" />
        {shown.loaded && shown.older && (
          <button type="button" class="btn soft" onClick={flow.loadOlder}>{t('flow.older')}</button>
        )}
        <div class="log" role="log" aria-label={t('flow.label')} aria-live="polite" aria-busy={!shown.loaded}>
          {entriesOf(shown, outbox.value).map((entry) => {
            if (entry.kind === 'day') return <Day key={entry.key} at={entry.at} />
            if (entry.kind === 'waiting') return <Unsent key={entry.key} waiting={entry.waiting} />
            if (entry.kind === 'message') return <Message key={entry.key} message={entry.message} conversation={conversation} />
            return <Turn key={entry.key} kind={entry.kind} member={entry.member} thread={thread} />
          })}
        </div>
        {shown.loaded && shown.messages.length === 0 && <p class="event">{t('staff.firstMessage')}</p>}
        {(flow.below > 0 || shown.newer) && (
          <button type="button" class="btn jump" onClick={flow.toEnd}>{shown.newer ? t('flow.newest') : t('flow.below', { count: flow.below })}</button>
        )}
      </div>
      <p class="typing" aria-live="polite">
        {writing.length > 0 && t('staff.typing', { count: writing.length, names: writing.map((name) => iso(name ?? '')).join(t('comma') + ' ') })}
      </p>
      <div class="write">
        <Reads thread={thread} />
        <div class="wbox">
          <Composer thread={thread.id} enterSends before={<PhraseButton thread={thread} />} />
        </div>
        <PlainHint thread={thread.id} />
      </div>
    </section>
  )
}

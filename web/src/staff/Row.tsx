import { go } from '../app/route.ts'
import { ownLanguage } from '../app/written.ts'
import { Face } from '../pictures/faces.tsx'
import { Hourglass, TriangleAlert, Undo } from '../pictures/icons.tsx'
import { CallMe, NotUnderstood } from '../pictures/pictograms.tsx'
import type { Conversation } from '../state/apply.ts'
import { me } from '../state/store.ts'
import { full, ownName, short } from '../words/dates.ts'
import { shownTo } from '../words/shown.ts'
import { iso, t } from '../words/words.ts'
import { familyLanguages, type Reason } from './needs.ts'

function Why({ reason }: { reason: Reason }) {
  const name = iso(reason.who?.name ?? '')
  if (reason.why === 'waits')
    return (
      <span class="why">
        <span class="wp ic"><Hourglass /></span>
        {t('staff.why.waits', { when: short(reason.at) })}
      </span>
    )
  if (reason.why === 'failed' || reason.why === 'held')
    return (
      <span class="why">
        <span class="wp ic">{reason.why === 'held' ? <Hourglass /> : <TriangleAlert />}</span>
        {t(`staff.why.${reason.why}`, { language: iso(ownName(reason.language)) })}
      </span>
    )
  return (
    <span class="why">
      <span class="wp">{reason.why === 'call_me' ? <CallMe /> : <NotUnderstood />}</span>
      {t(`staff.why.${reason.why}`, { name })}
    </span>
  )
}

function Preview({ conversation }: { conversation: Conversation }) {
  const { last } = conversation.thread
  if (!last) return <span class="pv">{t('staff.noMessages')}</span>
  const shown = shownTo(last, ownLanguage())
  const own = last.sender === me.value?.id
  if (!shown) return <span class="pv"><Undo />{t('message.withdrawn')}</span>
  const body = shown.body.replace(/\s+/g, ' ')
  return (
    <span class="pv">
      {own && <>{t('staff.you')} </>}
      <bdi class="pvt" lang={shown.language} dir={shown.direction}>{body}</bdi>
    </span>
  )
}

export function Row({ conversation, reason, selected }: { conversation: Conversation; reason?: Reason; selected: boolean }) {
  const { thread } = conversation
  const at = reason?.at ?? thread.last?.sent
  return (
    <li>
      <a
        class={`row${selected ? ' sel' : ''}${thread.unread > 0 ? ' unread' : ''}`}
        href={`/t/${thread.id}`}
        aria-current={selected ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          go({ at: 'thread', thread: thread.id })
        }}
      >
        <Face id={thread.pupil.id} kind="pupil" />
        <span class="rb">
          <span class="r1">
            <b><bdi>{thread.pupil.given}</bdi></b>
            <span class="cl">
              <bdi>{thread.pupil.class?.name}</bdi>
              {familyLanguages(thread).map((name) => <span key={name}> · <bdi>{name}</bdi></span>)}
            </span>
            {at !== undefined && <time dateTime={new Date(at).toISOString()} title={full(at)}>{short(at)}</time>}
          </span>
          {reason ? <Why reason={reason} /> : <Preview conversation={conversation} />}
        </span>
        {thread.unread > 0 && <span class="new"><span class="visually-hidden">{t('parent.new', { count: thread.unread })}</span></span>}
      </a>
    </li>
  )
}

import '../style/search.css'
import { useEffect } from 'preact/hooks'
import { Face } from '../pictures/faces.tsx'
import { isFamily } from '../state/apply.ts'
import { ask, busy, found, more, query, trouble, worthAsking } from '../state/searching.ts'
import { conversationOf, line, me } from '../state/store.ts'
import type { Hit as Told } from '../wire/protocol.ts'
import { inContext } from '../words/context.ts'
import { full, short } from '../words/dates.ts'
import { sayProblem } from '../words/problem.ts'
import { t } from '../words/words.ts'
import { OriginMark } from './OriginMark.tsx'
import { go, place } from './route.ts'

/** One place where the words stand: about whom, who wrote it and when, the words marked; a tap leads there. */
function Hit({ hit }: { hit: Told }) {
  const conversation = conversationOf(hit.thread)
  if (!conversation) return null
  const { thread } = conversation
  const sender = thread.members.find(({ person }) => person.id === hit.sender)?.person
  const who = me.value
  const here = place.value.at === 'thread' && place.value.thread === hit.thread && place.value.seq === hit.seq
  return (
    <li>
      <a
        class={here ? 'hit sel' : 'hit'}
        href={`/t/${hit.thread}#${hit.seq}`}
        aria-current={here ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          go({ at: 'thread', thread: hit.thread, seq: hit.seq })
        }}
      >
        <Face id={hit.sender} kind="person" size="s" />
        <span class="hb2">
          <span class="h1l">
            <b><bdi>{hit.sender === who?.id ? t('search.you') : sender?.name}</bdi></b>
            <span class="about"><bdi>{thread.pupil.given}</bdi>{thread.pupil.class && <> · <bdi>{thread.pupil.class.name}</bdi></>}</span>
            <time dateTime={new Date(hit.sent).toISOString()} title={full(hit.sent)}>{short(hit.sent)}</time>
          </span>
          <span class="ctx" lang={hit.language} dir={hit.direction}>
            {inContext(hit.body, hit.places).map((piece, i) => (piece.found ? <mark key={i}>{piece.text}</mark> : piece.text))}
          </span>
          {hit.origin && <OriginMark shown={{ body: hit.body, language: hit.language, direction: hit.direction, origin: hit.origin, ...(hit.author === undefined ? {} : { author: hit.author }) }} thread={thread} />}
        </span>
      </a>
    </li>
  )
}

/** What was found in messages, or why nothing is shown. */
export function Hits() {
  const known = found.value
  const slow = busy.value
  const wrong = trouble.value
  // Asked again as soon as there is a line.
  useEffect(() => {
    if (wrong === 'line' && line.value === 'live') void ask()
  }, [wrong, line.value])

  const said =
    wrong === 'line' ? t('search.noLine')
    : wrong ? sayProblem(wrong)
    : slow ? t('search.busy')
    : !worthAsking(query.value) ? t('search.hint')
    : !known ? ''
    : known.hits.length > 0 ? t('search.count', { count: known.hits.length })
    : known.next === undefined ? t(me.value && isFamily(me.value) ? 'search.none' : 'search.noneStaff') : t('search.notYet')
  return (
    <div class="hits" aria-busy={slow}>
      <p class="said" role="status">{said}</p>
      {known && known.hits.length > 0 && (
        <ul>{known.hits.map((hit) => <Hit key={`${hit.thread} ${hit.seq}`} hit={hit} />)}</ul>
      )}
      {known && known.next !== undefined && !slow && (
        <button type="button" class="btn soft" onClick={() => void more()}>{t('search.more')}</button>
      )}
    </div>
  )
}

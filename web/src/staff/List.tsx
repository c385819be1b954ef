import { useEffect, useState } from 'preact/hooks'
import { Hits } from '../app/Hits.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { OfflineBar } from '../app/OfflineBar.tsx'
import { typedDir } from '../app/written.ts'
import { Search } from '../pictures/icons.tsx'
import { Mark } from '../pictures/mark.tsx'
import type { Conversation } from '../state/apply.ts'
import { ask, query, type } from '../state/searching.ts'
import { t } from '../words/words.ts'
import { Account } from './Account.tsx'
import { familyLanguages, groupsOf, type Filter } from './needs.ts'
import { Row } from './Row.tsx'
import { SEARCH_ID } from './useKeys.ts'

const MINUTE_MS = 60_000

/** Up and down move through the rows. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a.row')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[at < 0 ? 0 : at + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

export function List({ all, selected }: { all: readonly Conversation[]; selected: number }) {
  const [filter, setFilter] = useState<Filter>({ text: query.value, class: '', language: '' })
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  const groups = groupsOf(all, filter, now)
  const classes = [...new Set(all.flatMap(({ thread }) => thread.pupil.class?.name ?? []))].sort()
  const languages = [...new Set(all.flatMap(({ thread }) => familyLanguages(thread)))].sort()

  return (
    <section class="pane list" aria-label={t('staff.list')} onKeyDown={walk}>
      <div class="sl-top">
        <div class="brandrow">
          <h1 class="brand"><Mark /><b>{t('app.name')}</b></h1>
          <LanguageButton />
          <Account />
        </div>
        <label class="search">
          <Search />
          <input
            id={SEARCH_ID}
            type="search"
            dir={typedDir(filter.text)}
            value={filter.text}
            placeholder={t('staff.search')}
            aria-label={t('staff.search')}
            onInput={(event) => {
              setFilter({ ...filter, text: event.currentTarget.value })
              type(event.currentTarget.value)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.isComposing) void ask()
            }}
          />
          <kbd aria-hidden="true">/</kbd>
        </label>
        <div class="filters">
          <select class="fil" aria-label={t('staff.allClasses')} value={filter.class} onChange={(event) => setFilter({ ...filter, class: event.currentTarget.value })}>
            <option value="">{t('staff.allClasses')}</option>
            {classes.map((name) => <option key={name}>{name}</option>)}
          </select>
          <select class="fil" aria-label={t('staff.allLanguages')} value={filter.language} onChange={(event) => setFilter({ ...filter, language: event.currentTarget.value })}>
            <option value="">{t('staff.allLanguages')}</option>
            {languages.map((name) => <option key={name}>{name}</option>)}
          </select>
        </div>
      </div>
      <OfflineBar />
      <nav class="groups" aria-label={t('staff.list')}>
        {groups.need.length > 0 && (
          <>
            <h2 class="gh need">{t('staff.needsYou')} <span>{groups.need.length}</span></h2>
            <ul>
              {groups.need.map(({ conversation, reason }) => (
                <Row key={conversation.thread.id} conversation={conversation} reason={reason} selected={selected === conversation.thread.id} />
              ))}
            </ul>
          </>
        )}
        {groups.today.length > 0 && (
          <>
            <h2 class="gh">{t('staff.today')}</h2>
            <ul>
              {groups.today.map((conversation) => (
                <Row key={conversation.thread.id} conversation={conversation} selected={selected === conversation.thread.id} />
              ))}
            </ul>
          </>
        )}
        <h2 class="gh">{t('staff.all')} <span>{groups.need.length + groups.today.length + groups.rest.length}</span></h2>
        <ul>
          {groups.rest.map((conversation) => (
            <Row key={conversation.thread.id} conversation={conversation} selected={selected === conversation.thread.id} />
          ))}
        </ul>
        {filter.text && (
          <>
            <h2 class="gh">{t('search.messages')}</h2>
            <Hits />
          </>
        )}
      </nav>
    </section>
  )
}

import '../style/staff.css'
import { useEffect, useState } from 'preact/hooks'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { OfflineBar } from '../app/OfflineBar.tsx'
import { roleOf } from '../app/role.ts'
import { typedDir } from '../app/written.ts'
import { Face } from '../pictures/faces.tsx'
import { Search } from '../pictures/icons.tsx'
import { Mark } from '../pictures/mark.tsx'
import { Account } from '../staff/Account.tsx'
import { roll } from '../state/connection.ts'
import { line, state } from '../state/store.ts'
import type { RollEntry, RollList } from '../wire/protocol.ts'
import { short } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { InviteSheet } from '../enter/InviteSheet.tsx'
import { Classes } from '../enter/Classes.tsx'

/** The administrator runs the school and reads no conversations: people, and how they get in. */
export function AdminApp() {
  const [query, setQuery] = useState('')
  const [list, setList] = useState<RollList | null>(null)
  const [fault, setFault] = useState('')
  const [linking, setLinking] = useState<RollEntry | null>(null)

  useEffect(() => {
    let current = true
    if (line.value === 'live')
      roll(query).then(
        (found) => {
          if (current) setList(found)
          setFault('')
        },
        (error: unknown) => setFault(sayError(error)),
      )
    return () => {
      current = false
    }
  }, [query, line.value])

  return (
    <div class="admin">
      <header class="brandrow">
        <span class="brand"><Mark /><b>{t('app.name')}</b></span>
        <LanguageButton />
        <Account />
      </header>
      <OfflineBar />
      <main>
        <h1><bdi>{state.value?.school.name}</bdi></h1>
        {list && (
          <ul class="counts">
            {(['pupils', 'classes', 'guardians', 'staff'] as const).map((what) => (
              <li key={what}>{t(`admin.${what}`, { count: list[what] })}</li>
            ))}
          </ul>
        )}
        <Classes />
        <label class="search">
          <Search />
          <input type="search" dir={typedDir(query)} value={query} placeholder={t('admin.search')} aria-label={t('admin.search')} onInput={(event) => setQuery(event.currentTarget.value)} />
        </label>
        {fault && <p class="fault" role="alert">{fault}</p>}
        <ul class="people" aria-label={t('admin.people')}>
          {list?.entries.map((entry) => (
            <li key={entry.person.id} class="person">
              <Face id={entry.person.id} kind="person" />
              <div>
                <b><bdi>{entry.person.name}</bdi></b>
                <span class="sub">{roleOf(entry.person)}{entry.about.length > 0 && <> · {entry.about.map(iso).join(t('comma') + ' ')}</>}</span>
                <span class="sub">{entry.seen === undefined ? t('admin.never') : t('admin.seen', { when: short(entry.seen) })}</span>
              </div>
              <button type="button" class="hb" aria-haspopup="dialog" onClick={() => setLinking(entry)}>{t('invite.button')}</button>
            </li>
          ))}
        </ul>
        {list?.entries.length === 0 && <p class="event">{t('admin.nobody')}</p>}
      </main>
      {linking && <InviteSheet person={linking.person} close={() => setLinking(null)} />}
    </div>
  )
}

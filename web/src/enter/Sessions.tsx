import './enter.css'
import { useEffect, useState } from 'preact/hooks'
import { endSession, endSessionOf, sessions, sessionsOf } from '../state/connection.ts'
import type { SessionEntry, SessionList } from '../wire/protocol.ts'
import { dayOnly } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'
import { Laptop, Smartphone, Tablet } from './pictures.tsx'

const pictures = { phone: Smartphone, tablet: Tablet, computer: Laptop }

function Entry({ entry, end }: { entry: SessionEntry; end: () => void }) {
  const Picture = pictures[entry.kind]
  return (
    <li>
      <Picture />
      <div>
        <b>{t(`device.${entry.kind}`)}</b>
        <span class="sub">{entry.here ? t('sessions.here') : t('sessions.seen', { day: dayOnly(entry.seen) })}</span>
      </div>
      {entry.here ? <span /> : <button type="button" class="hb" onClick={end}>{t('sessions.end')}</button>}
    </li>
  )
}

function List({ load, end }: { load: () => Promise<SessionList>; end: (session?: number) => Promise<SessionList> }) {
  const [list, setList] = useState<readonly SessionEntry[] | null>(null)
  const [fault, setFault] = useState('')
  const show = (answer: Promise<SessionList>) => answer.then((found) => setList(found.sessions), (error: unknown) => setFault(sayError(error)))

  useEffect(() => void show(load()), [])

  const others = list?.filter(({ here }) => !here) ?? []
  if (list?.length === 0) return null
  return (
    <section class="btns">
      <h3>{t('sessions.title')}</h3>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <ul class="sessions">
        {list?.map((entry) => <Entry key={entry.session} entry={entry} end={() => void show(end(entry.session))} />)}
      </ul>
      {others.length > 1 && <button type="button" class="btn" onClick={() => void show(end())}>{t('sessions.endAll')}</button>}
    </section>
  )
}

/** Where one is signed in oneself. */
export const OwnSessions = () => <List load={sessions} end={endSession} />

/** Where somebody is signed in whose phone was lost. */
export const SessionsOf = ({ person }: { person: number }) => <List load={() => sessionsOf(person)} end={(session) => endSessionOf(person, session)} />

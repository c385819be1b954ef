import { useEffect, useState } from 'preact/hooks'
import { roleOf } from '../app/role.ts'
import { Sheet } from '../app/Sheet.tsx'
import { typedDir } from '../app/written.ts'
import { Face } from '../pictures/faces.tsx'
import { Search } from '../pictures/icons.tsx'
import { presentMember } from '../state/apply.ts'
import { bring, people } from '../state/connection.ts'
import type { Message, Person, Reach, Thread } from '../wire/protocol.ts'
import { full, languageName, ownName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { sameLanguage } from '../words/shown.ts'
import { iso, t } from '../words/words.ts'
import { dayField, endOfDay } from './agreed.ts'
import { familyMembers } from './needs.ts'

/** A coach or a colleague comes in: who, how far back they may read, and why. Everyone in the conversation sees it. */
export function BringIn({ thread, from, close }: { thread: Thread; from?: Message; close: () => void }) {
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<Person[]>([])
  const [chosen, setChosen] = useState<Person | null>(null)
  const [reach, setReach] = useState<Reach | 'from'>(from ? 'from' : 'now')
  const [until, setUntil] = useState('')
  const [why, setWhy] = useState('')
  const [fault, setFault] = useState('')
  const [asked, setAsked] = useState(false)
  const spoken = familyMembers(thread).flatMap(({ person }) => person.speaks)
  const speaks = (person: Person) => person.speaks.some((tag) => tag !== 'nl' && spoken.some((other) => sameLanguage(tag, other)))

  useEffect(() => {
    let current = true
    people(query).then(
      (list) => {
        if (current) setFound(list.filter(({ id }) => !presentMember(thread, id)))
      },
      (error: unknown) => {
        if (current) setFault(sayError(error))
      },
    )
    return () => {
      current = false
    }
  }, [query])

  const ordered = [...found].sort((a, b) => Number(speaks(b)) - Number(speaks(a)))
  if (chosen && asked)
    return (
      <Sheet title={t('staff.bringWho', { name: iso(chosen.name) })} close={close}>
        <p role="status">{t('staff.consent.asked', { name: iso(chosen.name) })}</p>
        <button type="button" class="btn go" onClick={close}>{t('close')}</button>
      </Sheet>
    )
  if (chosen)
    return (
      <Sheet title={t('staff.bringWho', { name: iso(chosen.name) })} close={close}>
        {fault && <p class="fault" role="alert">{fault}</p>}
        <form
          class="btns"
          onSubmit={(event) => {
            event.preventDefault()
            const ends = endOfDay(until)
            const how = reach === 'from' && from ? { from_seq: from.seq } : { reach: reach === 'all' ? reach : ('now' as const) }
            bring({ thread: thread.id, person: chosen.id, ...how, ...(ends === undefined ? {} : { until: ends }), ...(why.trim() ? { why: why.trim() } : {}) }).then(
              ({ consent }) => (consent ? setAsked(true) : close()),
              (error: unknown) => setFault(sayError(error)),
            )
          }}
        >
          <fieldset class="picks">
            <legend class="lab">{t('staff.reach')}</legend>
            {(from ? (['now', 'from', 'all'] as const) : (['now', 'all'] as const)).map((value) => (
              <label key={value} class={reach === value ? 'pick on' : 'pick'}>
                <input type="radio" name="reach" checked={reach === value} onChange={() => setReach(value)} />
                <span class="d"><b>{value === 'from' && from ? t('staff.reach.from', { when: full(from.sent) }) : t(`staff.reach.${value}`)}</b></span>
              </label>
            ))}
          </fieldset>
          <label class="lab">
            {t('staff.until')}
            <input class="field" type="date" min={dayField(Date.now())} value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
          </label>
          <p class="fine">{t('staff.untilNote')}</p>
          <label class="lab">
            {t('staff.why')}
            <input class="field" dir={typedDir(why)} value={why} maxLength={100} onInput={(event) => setWhy(event.currentTarget.value)} />
          </label>
          <p class="fine">{t('staff.bringNote')}</p>
          <button type="submit" class="btn go">{t('staff.bring')}</button>
        </form>
      </Sheet>
    )
  return (
    <Sheet title={t('staff.bring')} close={close}>
      <label class="search">
        <Search />
        <input type="search" dir={typedDir(query)} value={query} placeholder={t('staff.bringSearch')} aria-label={t('staff.bringSearch')} onInput={(event) => setQuery(event.currentTarget.value)} />
      </label>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <ul class="people">
        {ordered.map((person) => (
          <li key={person.id}>
            <button type="button" class="row" onClick={() => setChosen(person)}>
              <Face id={person.id} kind="person" />
              <span class="rb">
                <b><bdi>{person.name}</bdi></b>
                <span class="pv">{roleOf(person)} · {person.speaks.map((tag) => iso(speaks(person) ? ownName(tag) : languageName(tag))).join(t('comma') + ' ')}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

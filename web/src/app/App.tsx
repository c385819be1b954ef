import { useEffect, useState } from 'preact/hooks'
import { begin } from '../state/connection.ts'
import { papers, phonesOpen } from '../state/papers.ts'
import { isFamily } from '../state/apply.ts'
import { line, me } from '../state/store.ts'
import { allWords } from '../words/words.ts'
import { ParentApp } from '../parent/ParentApp.tsx'
import { Lazy } from './Lazy.tsx'
import { speakAs } from './language.ts'
import { place, sentBack } from './route.ts'
import { part } from './part.tsx'
import { Wait } from './Wait.tsx'

/** A screen of the school's side, with its words. */
const school = <T,>(part: Promise<T>): Promise<T> => Promise.all([part, allWords()]).then(([screen]) => screen)

const SignIn = part(() => import('./SignIn.tsx').then((it) => it.SignIn), <Wait />)
const Phones = part(() => import('../enter/Phones.tsx').then((it) => it.Phones))
const papersScreen = () => school(import('../enter/Papers.tsx')).then(({ Papers }) => Papers)
const people = () => import('../enter/People.tsx').then(({ People }) => People)
const invited = () => import('../enter/Invited.tsx').then(({ Invited }) => Invited)
const door = () => school(import('../door/Staff.tsx')).then(({ Staff }) => Staff)
const searching = () => import('./Searching.tsx').then(({ Searching }) => Searching)
const staff = () => school(import('../staff/index.tsx')).then(({ StaffApp }) => StaffApp)
const admin = () => school(import('../admin/index.tsx')).then(({ AdminApp }) => AdminApp)

export function App() {
  const at = place.value
  const [asked, setAsked] = useState(false)

  useEffect(() => {
    if (at.at === 'sign-in' || at.at === 'invited' || asked) return
    setAsked(true)
    void begin().then(
      (person) => (person?.language ? speakAs(person.language) : undefined),
      () => {
        // No line at all: the socket goes on trying.
        line.value = 'offline'
        setTimeout(() => setAsked(false), 3000)
      },
    )
  }, [at.at, asked])

  if (at.at === 'sign-in') return <SignIn link={at.link} done={() => setAsked(true)} />
  if (at.at === 'invited') return <Lazy key={at.secret} load={invited} />
  if (line.value === 'signed-out' && (at.at === 'staff' || sentBack.value)) return <Lazy key="door" load={door} />
  if (line.value === 'signed-out') return <Lazy key="people" load={people} />
  const who = me.value
  if (!who) return <Wait />
  if (papers.value) return <Lazy key="papers" load={papersScreen} />
  if (who.role === 'administrator') return <Lazy key="admin" load={admin} />
  if (at.at === 'search' && isFamily(who)) return <Lazy key="search" load={searching} />
  if (isFamily(who)) return <><ParentApp />{phonesOpen.value && <Phones />}</>
  return <Lazy key="staff" load={staff} />
}

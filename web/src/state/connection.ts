// From the line to the state: hello, events, and the commands the screens give.

import { batch } from '@preact/signals'
import type { Answer, Balance, Commands, Message, Person, Reader, Session, Term, Welcome } from '../wire/protocol.ts'
import { currentSession, forgetHere, signIn, signOut } from '../wire/session.ts'
import { LineLost, Socket, WireError, type Line } from '../wire/socket.ts'
import { covers, withAround, withFarNewer, withFarOlder, withoutFar } from './far.ts'
import { apply, fresh, resumed, withNotePage, withoutThread, withPage, withThread } from './apply.ts'
import { closeDrafts, openDrafts, setDraft } from './drafts.ts'
import { keep } from './keep.ts'
import { closeOutbox, flush, forget, isReady, openOutbox, outbox, settle, write, type Parcel } from './outbox.ts'
import { dropParcelsOf } from './parcels.ts'
import { line, state } from './store.ts'
import { closeTaps, flushTaps, openTaps, tap, taps } from './taps.ts'
import { heardTyping, maySayTyping, stoppedTyping } from './typing.ts'
import type { ServerEvent } from '../wire/protocol.ts'
import type { Parts } from '../words/phrases.ts'

const PAGE = 50
/** Messages on each side of one that was looked for. */
const AROUND = 30

const fetching = new Set<string>()

const socket = new Socket(
  { hello, event: onEvent, line: onLine },
  {
    open: () => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`, ['ouderbrug.v1']),
    isOnline: () => navigator.onLine,
    random: Math.random,
  },
)

async function hello(): Promise<void> {
  const known = state.value
  await socket.say('hello', known ? { since: known.last, log: known.log } : {}, welcomed)
  // What was known was another's: the next line asks for the whole state.
  if (!state.value) throw new LineLost()
  void fetchWanted()
  flushAll()
}

function flushOutbox(): void {
  const say = () => flush((args) => socket.say('send', args), (args) => socket.say('phrase', args), (args) => socket.say('version', args))
  void say()
  if (outbox.value.every(isReady) || (line.value !== 'live' && line.value !== 'connecting')) return
  // Without a line it waits as they do.
  void Promise.all([import('./carry.ts'), import('../wire/upload.ts')]).then(
    ([{ carry }, { upload }]) =>
      carry(async (...args) => {
        const there = await upload(...args)
        // The others of the same message may still go; this one may have been the last.
        setTimeout(() => void say())
        return there
      }),
    () => undefined,
  )
}

/** Says everything that waits here. */
function flushAll(): void {
  flushOutbox()
  void flushTaps((one) => socket.say('answer', one))
}

/** What was missed stands behind the welcome in the same frame: the state has to be there before it. */
function welcomed(welcome: Welcome): void {
  const known = state.value
  if (welcome.mode === 'resumed' && known && (known.me.id !== welcome.me.id || known.me.role !== welcome.me.role)) {
    forgetEverything()
    return
  }
  batch(() => {
    const opened = known ? [...known.conversations.values()].filter(({ loaded }) => loaded).map(({ thread }) => thread.id) : []
    state.value = welcome.mode === 'resumed' && known ? resumed(known, welcome) : fresh(welcome)
    openOutbox(welcome.me.id)
    openDrafts(welcome.me.id)
    openTaps(welcome.me.id)
    // What was open on the screen is fetched again when the state is new.
    if (welcome.mode === 'fresh') for (const thread of opened) void load(thread)
  })
}

/** Somebody else signed in in another window of this browser, or is something else to the school now: nothing of what was known is theirs to
 * see. */
function forgetEverything(): void {
  batch(() => {
    closeOutbox()
    closeDrafts()
    closeTaps()
    state.value = null
  })
}

function onLine(now: Line): void {
  line.value = now
}

function onEvent(event: ServerEvent): void {
  if (event.event === 'typing') {
    heardTyping(event.thread, event.person)
    return
  }
  const before = state.value
  if (!before) return
  batch(() => {
    const after = apply(before, event)
    state.value = after
    if (event.event === 'gone') {
      setDraft(event.thread, '')
      forget(event.thread)
    }
    if (event.event === 'message') {
      stoppedTyping(event.thread, event.message.sender)
      settle(after)
    }
  })
  if (state.value && state.value.me.role !== before.me.role) {
    // The two sides of a conversation are told different things: what was known is another view.
    forgetEverything()
    socket.cut()
    return
  }
  if (state.value && state.value.wanted.size > 0) void fetchWanted()
}

/** Runs one at a time for each name. */
async function once(name: string, work: () => Promise<void>): Promise<void> {
  if (fetching.has(name)) return
  fetching.add(name)
  try {
    await work()
  } catch (error) {
    // The line is lost: the next hello brings everything up to date. What was refused is not there for us.
    if (!(error instanceof LineLost) && !(error instanceof WireError)) throw error
  } finally {
    fetching.delete(name)
  }
}

function fetchWanted(): Promise<void> {
  return once('wanted', async () => {
    for (;;) {
      const thread = state.value?.wanted.values().next().value
      if (thread === undefined) return
      try {
        const answer = await socket.say('thread', { thread })
        if (state.value) state.value = withThread(state.value, answer)
        if (state.value?.conversations.get(thread)?.loaded === false && watched === thread) void load(thread)
      } catch (error) {
        if (!(error instanceof WireError) || error.problem.code !== 'not_found') throw error
        if (state.value) state.value = withoutThread(state.value, thread)
      }
    }
  })
}

let watched = 0

/** The conversation on the screen; 0 for none. */
export function watch(thread: number): void {
  watched = thread
  const at = state.value?.conversations.get(thread)
  if (at && !at.loaded) void load(thread)
}

/** Fetches the newest page of a conversation, once. */
export function load(thread: number): Promise<void> {
  return once(`page ${thread}`, async () => {
    const page = await socket.say('history', { thread, limit: PAGE })
    if (state.value) {
      state.value = withPage(state.value, page)
      settle(state.value)
    }
  })
}

/** Fetches the page before what is shown. */
export function loadOlder(thread: number): Promise<void> {
  const at = state.value?.conversations.get(thread)
  const far = at?.far
  const first = (far ?? at)?.messages[0]?.seq
  if (first === undefined) return Promise.resolve()
  return once(`page ${thread}`, async () => {
    const page = await socket.say('history', { thread, before: first, limit: PAGE })
    if (!state.value) return
    if (!far) state.value = withPage(state.value, page)
    // Meanwhile somebody may have gone elsewhere.
    else if (covers(state.value.conversations.get(thread)?.far ?? null, first)) state.value = withFarOlder(state.value, page)
  })
}

/** Fetches the page behind what is shown of a part far back. */
export function loadNewer(thread: number): Promise<void> {
  const last = state.value?.conversations.get(thread)?.far?.messages.at(-1)?.seq
  if (last === undefined) return Promise.resolve()
  return once(`page ${thread}`, async () => {
    const page = await socket.say('history', { thread, after: last, limit: PAGE })
    if (state.value && state.value.conversations.get(thread)?.far?.messages.at(-1)?.seq === last) state.value = withFarNewer(state.value, page)
  })
}

/** Fetches the messages around one, where it is not loaded. False: it is not there for us, or there is no line. */
export async function loadAround(thread: number, seq: number): Promise<boolean> {
  const has = () => {
    const at = state.value?.conversations.get(thread)
    return at !== undefined && [...at.messages, ...(at.far?.messages ?? [])].some((message) => message.seq === seq)
  }
  if (!has())
    await once(`around ${thread} ${seq}`, async () => {
      const [before, after] = await Promise.all([
        socket.say('history', { thread, before: seq + 1, limit: AROUND }),
        socket.say('history', { thread, after: seq, limit: AROUND }),
      ])
      if (state.value && before.messages.at(-1)?.seq === seq) state.value = withAround(state.value, before, after)
    })
  else if (state.value && !covers(state.value.conversations.get(thread)?.far ?? null, seq)) state.value = withoutFar(state.value, thread)
  return has()
}

/** Back to the newest messages. */
export function leaveFar(thread: number): void {
  if (state.value) state.value = withoutFar(state.value, thread)
}

export const glossary = (): Promise<Term[]> => socket.say('glossary', {}).then(({ terms }) => terms)
export const search = (args: Commands['search']['args']) => socket.say('search', args)

/** Fetches the newest page of staff notes. */
export function loadNotes(thread: number): Promise<void> {
  return once(`notes ${thread}`, async () => {
    const page = await socket.say('notes', { thread, limit: PAGE })
    if (state.value) state.value = withNotePage(state.value, page)
  })
}

/** Fetches the page of notes before what is loaded. */
export function loadOlderNotes(thread: number): Promise<void> {
  const first = state.value?.conversations.get(thread)?.notes.items[0]?.id
  if (first === undefined) return Promise.resolve()
  return once(`notes ${thread}`, async () => {
    const page = await socket.say('notes', { thread, before: first, limit: PAGE })
    if (state.value) state.value = withNotePage(state.value, page)
  })
}

/** Moves one's own mark among the notes. */
export async function readNotes(thread: number, note: number): Promise<void> {
  await once(`note read ${thread} ${note}`, async () => {
    await socket.say('note_read', { thread, note })
  })
}

/** A phrase of the list. body: what the writer saw of it, in that language. */
export function sayByPhrase(thread: number, phrase: string, parts: Parts, body: string, language: string): void {
  write(thread, body, language, { phrase: { phrase, ...parts } })
  flushOutbox()
}

export function send(thread: number, body: string, language: string): void {
  write(thread, body, language)
  flushOutbox()
}

/** A message with photos, documents or a voice; or a translation that was spoken, of a message. */
export function sendParcels(thread: number, parcels: readonly Parcel[], language: string, of?: number): void {
  write(thread, '', language, { parcels, ...(of === undefined ? {} : { of }) })
  flushOutbox()
}

/** Tries what waits once more. */
export function retry(): void {
  socket.nudge()
  if (outbox.value.length > 0 || taps.value.length > 0) flushAll()
}

/** Moves one's own reading mark, when the line is there: the next look moves it as well. */
export async function read(thread: number, seq: number): Promise<void> {
  await once(`read ${thread} ${seq}`, async () => {
    await socket.say('read', { thread, seq })
  })
}

export function sayTyping(thread: number): void {
  if (line.value === 'live' && maySayTyping(thread, Date.now())) void socket.say('typing', { thread }).catch(() => undefined)
}

/** Commands whose refusal the screen says: they reject with WireError or LineLost. */
export const correct = (thread: number, seq: number, body: string) => socket.say('correct', { thread, seq, body })
export const withdraw = (thread: number, seq: number) => socket.say('withdraw', { thread, seq })
export const addVersion = (thread: number, seq: number, language: string, body: string) =>
  socket.say('version', { thread, seq, language, body })

/** For screens that keep what they are told to themselves. */
export const ask = <C extends keyof Commands>(command: C, args: Commands[C]['args']): Promise<Commands[C]['answer']> => socket.say(command, args)
export const checkVersion = (thread: number, seq: number, which: { n: number } | { language: string }) => socket.say('check_version', { thread, seq, ...which })
export const heldOf = (thread: number, seq: number) => socket.say('held', { thread, seq }).then(({ versions }) => versions)
export const letGo = (thread: number, seq: number) => socket.say('let_go', { thread, seq })
/** The mark of better words comes off, when the line is there: the next look takes it off as well. */
export async function betterSeen(thread: number, seq: number): Promise<void> {
  await once(`better ${thread} ${seq}`, async () => {
    await socket.say('better_seen', { thread, seq })
  })
}

/** Gives an answer, takes it back with none. It waits where there is no line. */
export function answer(thread: number, seq: number, given: Answer): void {
  tap({ thread, seq, answer: given })
  void flushTaps((one) => socket.say('answer', one))
}

export const handled = (thread: number) => socket.say('handled', { thread })
export const people = (query: string, language?: string): Promise<Person[]> =>
  socket.say('people', { query, ...(language ? { language } : {}) }).then((list) => list.people)
/** Brings somebody in, or asks the family first: then the question is in the conversation. */
export const bring = (args: Commands['bring']['args']) => socket.say('bring', args)
export const takeOut = (thread: number, person: number) => socket.say('take_out', { thread, person })
export const readersOf = (thread: number): Promise<Reader[]> => socket.say('readers', { thread }).then(({ readers }) => readers)
export const askConsent = (args: Commands['consent_ask']['args']) => socket.say('consent_ask', args)
/** Says yes to voices of one's own accord. */
export const giveConsent = (args: Commands['consent_give']['args']) => socket.say('consent_give', args)
export const answerConsent = (args: Commands['consent_answer']['args']) => socket.say('consent_answer', args)
export const recordConsent = (args: Commands['consent_record']['args']) => socket.say('consent_record', args)
export const withdrawConsent = (thread: number, consent: number) => socket.say('consent_withdraw', { thread, consent })
export const takeBackConsent = (thread: number, consent: number) => socket.say('consent_take_back', { thread, consent })
export const extend = (args: Commands['extend']['args']) => socket.say('extend', args)
export const widen = (args: Commands['widen']['args']) => socket.say('widen', args)
export const writeNote = (args: Commands['note']['args']) => socket.say('note', args)
export const changeNote = (thread: number, note: number, body: string) => socket.say('note_change', { thread, note, body })
export const withdrawNote = (thread: number, note: number) => socket.say('note_withdraw', { thread, note })
export const roll = (query: string) => socket.say('roll', { query })
export const classes = () => socket.say('classes', {})
export const invite = (person: number, anyway = false) => socket.say('invite', { person, ...(anyway ? { anyway } : {}) })
export const inviteClass = (id: number) => socket.say('invite_class', { class: id })
export const sessions = () => socket.say('sessions', {})
export const sessionsOf = (person: number) => socket.say('sessions_of', { person })
/** One session, or all others than this one. */
export const endSession = (session?: number) => socket.say('session_end', session === undefined ? {} : { session })
export const endSessionOf = (person: number, session?: number) => socket.say('session_end_of', { person, ...(session === undefined ? {} : { session }) })

export async function chooseLanguage(language: string): Promise<void> {
  await choose({ language })
}

/** Which wording of a message comes first, at once here and at the school for the next phone. */
export async function chooseBalance(balance: Balance): Promise<void> {
  await choose({ balance })
}

async function choose(args: Commands['profile']['args']): Promise<void> {
  if (state.value) state.value = { ...state.value, me: { ...state.value.me, ...args } }
  const { person } = await socket.say('profile', args)
  if (state.value) state.value = { ...state.value, me: person }
}

/** The message a correction or a version belongs to, as it is known now. */
export function messageOf(thread: number, seq: number): Message | undefined {
  return state.value?.conversations.get(thread)?.messages.find((message) => message.seq === seq)
}

/** Opens the line for who is signed in. Null: nobody is. */
export async function begin(): Promise<Person | null> {
  const session = await currentSession()
  if (!session) {
    line.value = 'signed-out'
    return null
  }
  open()
  return session.person
}

/** Signs in with a link and opens the line. */
export function beginWith(link: string): Promise<Person> {
  return enterAs(signIn(link))
}

/** Opens the line for whoever just signed in. What was known of somebody else is forgotten first. */
export async function enterAs(signingIn: Promise<Session>): Promise<Person> {
  const { person } = await signingIn
  if (state.value && state.value.me.id !== person.id) forgetEverything()
  line.value = 'connecting'
  open()
  return person
}

let isOpen = false

function open(): void {
  socket.start()
  if (isOpen) return
  isOpen = true
  socket.start()
  addEventListener('online', () => socket.nudge())
  addEventListener('offline', () => socket.cut())
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') socket.nudge()
  })
}

/** Signs out: on a phone that knows the person, their PIN opens it again. */
export function end(): Promise<void> {
  return leave(signOut)
}

/** Signs out, and this phone knows the person no more. */
export function endAndForget(): Promise<void> {
  return leave(forgetHere)
}

async function leave(how: () => Promise<void>): Promise<void> {
  const person = state.value?.me.id
  await how()
  socket.stop()
  if (person !== undefined) {
    keep(`outbox.${person}`, undefined)
    void dropParcelsOf(person)
    keep(`drafts.${person}`, undefined)
    keep(`taps.${person}`, undefined)
  }
  batch(() => {
    forgetEverything()
    line.value = 'signed-out'
  })
}

// Written by `ouderbrug doc typescript` from the tables that the server runs on. Do not edit.

/** What a person is to the school. The first three are the family side of a conversation, the others the school side. */
export type Role = 'parent' | 'legal_guardian' | 'residential_counsellor' | 'mentor' | 'teacher' | 'attendance_coordinator' | 'care_coordinator' | 'psychologist' | 'coach' | 'key_person' | 'interpreter' | 'bridge_officer' | 'external_partner' | 'school_leader' | 'administrator'

/** A parent's silent tap under a message from school. */
export type Answer = 'understood' | 'not_understood' | 'call_me' | 'none'

/** Where a version of a message comes from. */
export type Origin = 'correction' | 'person' | 'phrase' | 'machine'

/** Why a machine's version of a message is not shown. */
export type Gate = 'empty' | 'echo' | 'script' | 'length' | 'number' | 'name' | 'placeholder' | 'emoji'

/** What a message is about, where a school may want a person to look at what a machine made of it. */
export type Topic = 'care' | 'money' | 'police' | 'health'

/** Where the words that somebody would read of a message come from. */
export type PreviewSource = 'original' | 'phrase' | 'machine' | 'person' | 'nobody'

/** How it stands with putting a message into a language by a machine. */
export type RequestState = 'waiting' | 'asked' | 'failed' | 'held'

/** Why a message could not be put into a language by a machine. */
export type RequestReason = 'pair' | 'engine' | 'refused' | 'too_much' | 'empty' | 'echo' | 'script' | 'length' | 'number' | 'name' | 'placeholder' | 'emoji' | 'sensitive'

/** The gender of a child, where a sentence needs it. */
export type Gender = 'female' | 'male' | 'other'

/** What is attached to a message, by its content and not by its name. */
export type AttachmentKind = 'photo' | 'document' | 'voice'

/** The base direction of a text. */
export type Direction = 'ltr' | 'rtl'

/** Which wording of a message somebody reads first; the other is one tap away. */
export type Balance = 'own' | 'school' | 'both'

/** How a person came into a conversation. */
export type Joined = 'roster' | 'brought'

/** How far back someone who is brought in may read. */
export type Reach = 'now' | 'all'

/** What a family is asked to agree to. */
export type ConsentKind = 'coach' | 'key_person' | 'interpreter' | 'partner' | 'earlier' | 'machine' | 'voice' | 'move_people' | 'move_conversation' | 'move_files' | 'move_answers' | 'move_agreed'

/** What a family answers when it is asked to agree. */
export type ConsentAnswer = 'yes' | 'no' | 'someone_else'

/** How a question, or a yes, came to its end. */
export type ConsentEnd = 'answered' | 'withdrawn' | 'expired' | 'taken_back'

/** Who of the school a staff note is for; who wrote it sees it too. No family does. */
export type NoteLevel = 'staff' | 'care'

/** What the answer to hello holds. */
export type SyncMode = 'fresh' | 'resumed'

/** What an invitation asks of who opens it. */
export type Proof = 'new_pin' | 'pin' | 'password'

/** How somebody signed in. */
export type SignIn = 'link' | 'pin' | 'password' | 'provider'

/** What a browser runs on, as it says itself. */
export type DeviceKind = 'phone' | 'tablet' | 'computer'

/** The school. */
export interface School {
  /** Its name. */
  name: string
  /** The language it works in. */
  language: string
}

/** Somebody who takes part. */
export interface Person {
  id: number
  /** How they are called here. Free of direction overrides; isolate it all the same. */
  name: string
  role: Role
  /** Languages, the best first (BCP 47). */
  speaks: string[]
  /** The language they read the app in. Told to the school side, and to oneself. */
  language?: string
  /** Languages they read; an empty list: reads nothing. Told to the school side, and to oneself. */
  reads?: string[]
  /** Which wording of a message they read first. Told to the school side, and to oneself. */
  balance?: Balance
}

/** A class. */
export interface Class {
  id: number
  name: string
  building?: string
}

/** The pupil a conversation is about. */
export interface Pupil {
  id: number
  /** The whole name. */
  name: string
  /** The name one is called by. */
  given: string
  class?: Class
}

/** A person's time in a conversation. Someone who left and came back has two. */
export interface Member {
  id: number
  person: Person
  joined: Joined
  /** For a guardian what they are to the pupil, from the roster: mother, father, guardian, relative or other. Nothing for the school side. */
  relation?: string
  /** When they came. */
  since: number
  /** The newest message at that moment; 0 where there was none. */
  since_seq: number
  /** They may see messages from this number on. */
  first_seq: number
  /** They may read staff notes from this id on, where they may read any. Told to the school side. */
  first_note?: number
  /** When their time ends by itself, where that was agreed. */
  ends?: number
  /** When they left; not there while they are in. */
  until?: number
  /** The newest message at that moment. */
  until_seq?: number
  /** The person who brought them in. */
  by?: number
  /** Why, in the words of who brought them in. */
  why?: string
  /** Their reading mark. Told to the school side, and to oneself. */
  read?: number
}

/** A photo, document or voice message, as it was made safe to show: GET /api/file?file=ID gives its bytes, with &as=thumb its small picture, with &as=original a voice message as it was recorded. */
export interface Attachment {
  id: number
  kind: AttachmentKind
  /** image/jpeg, application/pdf or audio/mp4. */
  type: string
  bytes: number
  /** Of a photo, in pixels, the right way up; of a document that of its small picture. */
  width?: number
  height?: number
  /** Of a voice message. */
  duration_ms?: number
  /** Of a voice message: how loud it is along the way, 96 values of 00 to ff as hexadecimal digits, the loudest ff. */
  peaks?: string
  /** Of a document: what its sender called it, without its folder. Isolate it. */
  name?: string
  /** It has a small picture (JPEG, at most 480 pixels a side). */
  thumb?: boolean
}

/** Another version of a message's text. The newest of an origin wins; a correction makes older versions stale. */
export interface Version {
  /** 1, 2, 3 … in the order they came. */
  n: number
  language: string
  direction: Direction
  origin: Origin
  /** The person who wrote it. */
  author?: number
  /** The machine that made it: LibreTranslate or Apertium. */
  engine?: string
  /** Empty where it was spoken only. */
  body: string
  /** Where somebody spoke it. */
  voice?: Attachment
  at: number
  /** Of a phrase: somebody whose own language it is has read this sentence in the list. */
  native?: boolean
  /** The person who looked at it and found it right. */
  checked_by?: number
  /** When that was. */
  checked?: number
}

/** A language that somebody in the conversation reads and that a message is not in. */
export interface Untranslated {
  language: string
  /** failed or held. */
  state: RequestState
  reason?: RequestReason
}

/** A message: one original and its versions. A withdrawn one has no text. */
export interface Message {
  /** Its number in the conversation: 1, 2, 3 … without a gap. */
  seq: number
  /** The event that changed it last: of two states the higher is newer. */
  rev: number
  /** The person. */
  sender: number
  /** The sender's name for it. */
  client_id: string
  /** When the server stored it. The number orders, not the time. */
  sent: number
  language: string
  direction: Direction
  /** The phrase of the list that it is; its picture stands with it. */
  phrase?: string
  /** The original. Empty where there are attachments only; not there where it was withdrawn. */
  body?: string
  /** In the order in which they were sent; not there where there are none. */
  attachments?: Attachment[]
  /** When it was withdrawn. */
  withdrawn?: number
  /** When the sender let what machines make of it go unchecked, where the school would have a person look. */
  unchecked?: number
  versions: Version[]
  /** What no machine could do, or may do by itself: a person can. */
  untranslated?: Untranslated[]
}

/** A family's answer at a message. The school side sees all, a parent their own. */
export interface Reply {
  /** The message. */
  seq: number
  /** Who answered. */
  person: number
  answer: Answer
  at: number
}

/** Why a conversation needs somebody of the school. */
export interface Need {
  /** The message that was answered, or that somebody cannot read in their language. */
  seq: number
  /** Who asks, by an answer. */
  person?: number
  /** not_understood or call_me. */
  answer?: Answer
  /** Or: the language that the message is not in, and no machine can help, or may by itself. */
  language?: string
  /** Then: failed or held. */
  state?: RequestState
  reason?: RequestReason
  at: number
}

/** A question to a family whether they agree, and their answer. Of one kind, and one person, the one with the highest id is how it stands now: without answer it waits; with yes and without end it stands. */
export interface Consent {
  id: number
  kind: ConsentKind
  /** Who would come in, or see further back. */
  person?: Person
  /** How far back they would read. */
  reach?: Reach
  /** Instead: from this message on. */
  from_seq?: number
  /** When it ends by itself. */
  until?: number
  /** Why, in the words of who asks. */
  why?: string
  /** Who asked. */
  by: number
  asked: number
  answer?: ConsentAnswer
  /** Whose answer it is. */
  answered_by?: number
  /** Who wrote down what was said aloud; not there for a tap of their own. */
  recorded_by?: number
  answered?: number
  /** The language it was read or spoken of in. */
  language?: string
  /** Which version of that language's words was shown (a hash of its file). */
  words?: string
  /** How it ended. */
  end?: ConsentEnd
  ended_by?: number
  /** Who wrote that down. */
  ended_recorded_by?: number
  ended?: number
  /** When a file for the other school was last made of it: what is in that does not come back, also when the yes is taken back. */
  used?: number
}

/** A staff note on a conversation. One that was taken back has no text. */
export interface Note {
  /** Orders notes; unique in the school. */
  id: number
  /** The event that changed it last: of two states the higher is newer. */
  rev: number
  /** Who it is for. */
  level: NoteLevel
  /** The person. */
  author: number
  /** The author's name for it. */
  client_id: string
  made: number
  /** When its author wrote it again; the former text is not kept. */
  changed?: number
  /** When it was taken back. */
  withdrawn?: number
  language: string
  direction: Direction
  body?: string
}

/** A message of which one has read other words than it has now: a person's version took the place of a machine's, or it was corrected. */
export interface Better {
  seq: number
}

/** A family's conversation with the school about one pupil. */
export interface Thread {
  id: number
  pupil: Pupil
  /** Who is in it, and who was. */
  members: Member[]
  /** What the family was asked to agree to: of each matter the newest. */
  consents: Consent[]
  /** The newest message. */
  last?: Message
  /** Messages of others past one's own reading mark. */
  unread: number
  /** What the family waits for. Told to the school side. */
  needs?: Need[]
  /** Messages up to this number have been dealt with. Told to the school side. */
  handled?: number
  /** Better words since one read them. */
  better: Better[]
  /** The newest staff note; 0 where there is none. Told to those who may read and write them, as all of notes. */
  notes?: number
  /** Notes of others past one's own mark. */
  notes_unread?: number
}

/** The answer to hello. */
export interface Welcome {
  mode: SyncMode
  /** The state is as of this event; every later one follows. When resumed: the number that was sent. */
  at: number
  /** Which log that number belongs to; it changes when a backup is restored. */
  log: string
  /** The server's clock. */
  now: number
  school: School
  me: Person
  /** Languages that the server says messages aloud in (GET /api/speech). */
  says?: string[]
  /** When fresh. */
  threads?: Thread[]
}

/** The answer to threads. */
export interface ThreadList {
  at: number
  threads: Thread[]
}

/** The answer to thread. */
export interface ThreadState {
  at: number
  thread: Thread
}

/** The answer to history. */
export interface Page {
  at: number
  thread: number
  /** In the order of their numbers. */
  messages: Message[]
  /** The answers at these messages. */
  replies: Reply[]
  /** There are more in the direction that was asked. */
  more: boolean
}

/** Where in a text something stands, in UTF-16 code units, as JavaScript counts. */
export interface Place {
  from: number
  /** Behind its last one. */
  to: number
}

/** A message that was found, in the text that holds the words. */
export interface Hit {
  /** The conversation. */
  thread: number
  /** The message. */
  seq: number
  /** The person. */
  sender: number
  /** When the message was stored. */
  sent: number
  /** Which version holds the words; not there for the original. */
  n?: number
  /** Of that version. */
  origin?: Origin
  /** The person who wrote that version. */
  author?: number
  language: string
  direction: Direction
  /** The text. */
  body: string
  /** The words in it, in order, to mark them; the first 32. */
  places: Place[]
}

/** The answer to search. */
export interface Found {
  /** Newest first. */
  hits: Hit[]
  /** There may be more: ask again with `before` set to `next`. Also where there are fewer than asked, or none: looking took long. */
  more?: boolean
  /** Where to go on. */
  next?: string
}

/** The answer to send: the message is on disk. */
export interface Sent {
  seq: number
  rev: number
  sent: number
  /** It had been sent before; this is the first result. */
  again?: boolean
}

/** The answer to correct, version and withdraw. */
export interface ChangedMessage {
  message: Message
}

/** The answer to read. */
export interface Mark {
  /** Where the mark is now. */
  read: number
  unread: number
}

/** The answer to notes. */
export interface NotePage {
  at: number
  thread: number
  /** In the order of their ids. */
  notes: Note[]
  /** There are older ones. */
  more: boolean
}

/** The answer to note, note_change and note_withdraw. */
export interface ChangedNote {
  note: Note
}

/** The answer to note_read. */
export interface NoteMark {
  /** Where the mark is now. */
  note: number
  unread: number
}

/** It is done. */
export interface Done {
}

/** The answer to people. */
export interface PersonList {
  /** At most 50, those who fit best first. */
  people: Person[]
}

/** The answer to bring, extend, widen and take_out. */
export interface JoinedMember {
  /** Who came or left. */
  member?: Member
  /** For bring and widen, where the family is asked first: the question. With their yes the person comes in, or sees further back. */
  consent?: Consent
}

/** The answer to consent_ask, consent_answer, consent_record, consent_withdraw and consent_take_back. */
export interface ConsentNow {
  /** As it is now. */
  consent: Consent
}

/** Somebody who has read a conversation. */
export interface Reader {
  person: Person
  /** When they were first shown messages of it. */
  first?: number
  /** And last, to the hour. */
  last?: number
  /** Their reading mark, of the last time they were in it. */
  read?: number
}

/** The answer to readers. */
export interface ReaderList {
  /** Those of the school side, also who left; for the school side the family too, for a family themselves. */
  readers: Reader[]
}

/** The answer to consents. */
export interface ConsentList {
  at: number
  /** In the order in which they were asked. */
  consents: Consent[]
}

/** A machine's version that waits for a person: in no message as it is told. */
export interface HeldVersion {
  language: string
  /** Why it waits. */
  topic: Topic
  direction: Direction
  /** The machine that made it. */
  engine?: string
  body: string
  at: number
}

/** The answer to held. */
export interface Held {
  versions: HeldVersion[]
}

/** A language that somebody else in a conversation reads. */
export interface PreviewLanguage {
  language: string
  source: PreviewSource
  /** The person, where it is one. */
  by?: number
}

/** The answer to preview. */
export interface Preview {
  /** The family's first. */
  languages: PreviewLanguage[]
  /** What a machine makes of it waits for a person, because of this topic. */
  topic?: Topic
}

/** Whether the school marks a topic. */
export interface TopicMark {
  topic: Topic
  /** What a machine makes of a message about it waits for a person. */
  held?: boolean
}

/** Words by which a message is known to be about a topic. */
export interface TopicWord {
  id: number
  topic: Topic
  language: string
  /** Folded; an asterisk behind: every word that begins so. */
  words: string
}

/** The answer to topics, topic_hold, topic_word_add and topic_word_remove. */
export interface Topics {
  topics: TopicMark[]
  words: TopicWord[]
}

/** What the school calls something. */
export interface Term {
  id: number
  /** The language of the words. */
  language: string
  words: string
  /** The language they are put into; without it they stay as they are in every other. */
  target?: string
  /** What they are in that language. */
  instead?: string
  /** It takes other forms in a sentence: people put it in, no machine. */
  inflects?: boolean
  /** The person who wrote it down last. */
  by?: number
  changed: number
}

/** The answer to glossary. */
export interface Glossary {
  /** In the order of their words. */
  terms: Term[]
}

/** The answer to glossary_put. */
export interface ChangedTerm {
  term: Term
}

/** A phrase of the list, spoken by a person in one language. */
export interface Recording {
  /** Its key in the list. */
  phrase: string
  /** As the list calls it. */
  language: string
  made: number
  /** Whose voice it is; for the school side. */
  by?: string
  /** The list says it otherwise since: it is not played. */
  changed?: boolean
}

/** The answer to recordings. */
export interface Recordings {
  /** In the order of phrases and languages. */
  recordings: Recording[]
}

/** The answer to profile. */
export interface Me {
  person: Person
}

/** A person, as the administrator sees them. */
export interface RollEntry {
  person: Person
  /** The pupils or classes this person is there for. */
  about: string[]
  /** When they last signed in. */
  seen?: number
}

/** The answer to roll. */
export interface RollList {
  /** At most 50. */
  entries: RollEntry[]
  /** Pupils in the school now. */
  pupils: number
  classes: number
  guardians: number
  /** People of the school side. */
  staff: number
}

/** HTTP: who is signed in. */
export interface Session {
  person: Person
  school: School
}

/** A browser somebody is signed in with. */
export interface SessionEntry {
  /** Its number, for session_end. */
  session: number
  kind: DeviceKind
  how: SignIn
  /** When they signed in. */
  made: number
  /** The day it was last used. */
  seen: number
  /** It is the one that asks. */
  here?: boolean
}

/** The answer to sessions. */
export interface SessionList {
  /** At most 100, those used last first. */
  sessions: SessionEntry[]
}

/** A class and its families. */
export interface ClassEntry {
  class: Class
  /** Parents, guardians and counsellors of its pupils. */
  families: number
  /** Of those, who never signed in. */
  waiting: number
}

/** The answer to classes. */
export interface ClassList {
  /** By name. */
  classes: ClassEntry[]
}

/** An invitation, to print or to show. It is not kept and cannot be shown again. */
export interface Invitation {
  /** Whom it is for. */
  person: Person
  /** Whose family that is; none for the school side. */
  pupils: Pupil[]
  /** The whole address, with the secret behind its #. */
  link: string
  /** Opens the same invitation, typed. */
  code: string
  /** Modules of a side of the QR code of the link (ISO/IEC 18004), without its quiet zone. */
  size: number
  /** Those modules row by row: 1 is dark, 0 is light. */
  modules: string
  /** Valid until then. */
  until: number
}

/** The answer to invite and invite_class. */
export interface InvitationList {
  /** At most 100. */
  invitations: Invitation[]
  /** Where a code is typed. */
  address: string
  /** The school's telephone number. */
  phone?: string
}

/** HTTP: what an invitation asks of who opens it. */
export interface InvitationAsks {
  proof: Proof
  /** Whom it is for. */
  name: string
  role: Role
  /** The language the app speaks to them. */
  language: string
  school: School
}

/** HTTP: the people who may come back on this device with their PIN. */
export interface DevicePeople {
  /** The first who signed in on it first. */
  people: Person[]
  school: School
}

/** HTTP: which ways there are to sign in. */
export interface Ways {
  /** The school has a sign-in page of its own: /api/oidc/start. */
  provider?: boolean
}

/** HTTP: a secret for codes that waits for the first code. */
export interface Enrolment {
  /** otpauth://…, for a QR code. */
  address: string
  /** The same for typing: base 32. */
  secret: string
  /** Modules of a side of its QR code. */
  size: number
  /** The modules, row by row: 1 is dark. */
  modules: string
  /** What one signs in as: any of them. */
  names: string[]
}

/** HTTP: password and codes are in use from now on. */
export interface Enrolled {
  person: Person
  school: School
  /** Recovery codes, each good once. They are not kept and cannot be shown again. */
  codes: string[]
}

/** HTTP: new recovery codes. */
export interface Recovery {
  /** Each good once. Those before are void. They are not kept and cannot be shown again. */
  codes: string[]
}

/** HTTP: how one signs in. */
export interface Credential {
  /** What one signs in as: any of them. */
  names: string[]
  /** There is a password, and a code with it. */
  password?: boolean
  /** Recovery codes that are left, where there is a password. */
  recovery?: number
}

/** A message is new or changed: corrected, withdrawn, or with one more version. */
export interface EventMessage {
  event: 'message'
  id: number
  thread: number
  /** The message as it is now. A higher number than any before is a new one; of others, add 1 to unread. */
  message: Message
}

/** Somebody came, left, or is called or reads otherwise than before. */
export interface EventMember {
  event: 'member'
  id: number
  thread: number
  /** As it is now. When it is oneself who came into a conversation that is not known yet: fetch it with thread. When it is oneself who left and no other time of oneself in it goes on: forget it. */
  member: Member
}

/** A reading mark moved. Told to the school side, and to oneself. */
export interface EventRead {
  event: 'read'
  id: number
  thread: number
  person: number
  seq: number
  /** What this leaves unread, for that person. */
  unread: number
}

/** A family answered a message, otherwise than before, or took it back. Told to the school side, and to oneself. */
export interface EventReply {
  event: 'reply'
  id: number
  thread: number
  /** With the answer none it was taken back. */
  reply: Reply
}

/** What the family waits for is otherwise than before. Told to the school side. */
export interface EventNeeds {
  event: 'needs'
  id: number
  thread: number
  /** All of it. */
  needs: Need[]
  handled: number
}

/** A family was asked to agree to something, answered, or it ended. */
export interface EventConsent {
  event: 'consent'
  id: number
  thread: number
  /** As it is now. It takes the place of an older one of its kind and person. */
  consent: Consent
}

/** The pupil, the class or the roster of a conversation changed: fetch it with thread. */
export interface EventThread {
  event: 'thread'
  id: number
  thread: number
}

/** The conversation was erased, with all that was said in it: forget it. Who was away then is told the state afresh. */
export interface EventGone {
  event: 'gone'
  id: number
  thread: number
}

/** A staff note is new, written again or taken back. Told to those of the school who may read it. */
export interface EventNote {
  event: 'note'
  id: number
  thread: number
  /** As it is now. A higher id than any before is a new one; of others, add 1 to notes_unread. */
  note: Note
}

/** One's own mark among the staff notes moved. Told to oneself. */
export interface EventNoteMark {
  event: 'note_mark'
  id: number
  thread: number
  /** Read up to and including this note. */
  note: number
  /** What this leaves unread. */
  unread: number
}

/** Messages have other words than one read, or one has looked at them. Told to oneself. */
export interface EventBetter {
  event: 'better'
  id: number
  thread: number
  /** All of them. */
  better: Better[]
}

/** Somebody is writing. Not stored. Told to the school side. */
export interface EventTyping {
  event: 'typing'
  thread: number
  person: number
}

export type ServerEvent = EventMessage | EventMember | EventRead | EventReply | EventNeeds | EventConsent | EventThread | EventGone | EventNote | EventNoteMark | EventBetter | EventTyping

export type ErrorCode = 'bad_frame' | 'unknown_command' | 'invalid' | 'signed_out' | 'forbidden' | 'not_found' | 'conflict' | 'rate_limited' | 'unavailable' | 'method' | 'length_required' | 'too_large'

export type ErrorReason = 'missing' | 'unknown_field' | 'type' | 'range' | 'empty' | 'too_long' | 'marks' | 'controls' | 'word' | 'tag' | 'uuid' | 'twice' | 'json' | 'duplicate_key' | 'depth' | 'not_object' | 'other_content' | 'too_many' | 'not_sender' | 'withdrawn' | 'own_words' | 'not_from_school' | 'already_in' | 'by_roster' | 'role' | 'other_mentor' | 'already_asked' | 'answered' | 'not_answered' | 'gone' | 'own_question' | 'agreed' | 'own_time' | 'hello_first' | 'origin' | 'link' | 'invitation' | 'pin' | 'pin_form' | 'pin_easy' | 'credentials' | 'wrong' | 'provider' | 'no_password' | 'too_short' | 'weak' | 'taken' | 'file_type' | 'damaged' | 'too_wide' | 'too_heavy' | 'locked' | 'no_consent' | 'no_room' | 'unsent' | 'busy' | 'store'

/** What was wrong. */
export interface Problem {
  code: ErrorCode
  field?: string
  reason?: ErrorReason
  retry_ms?: number
}

export interface Commands {
  /** The first command on every connection. With since and log it resumes: what was missed follows as events. Without, or when that is too far back, the answer holds the whole state. */
  hello: {
    args: {
      /** The last event seen. */
      since?: number
      /** The log that number belongs to, from an earlier welcome. */
      log?: string
    }
    answer: Welcome
  }
  /** All conversations one is in, as of event `at`. */
  threads: {
    args: {
    }
    answer: ThreadList
  }
  /** One conversation, as of event `at`. */
  thread: {
    args: {
      /** The conversation. */
      thread: number
    }
    answer: ThreadState
  }
  /** Messages of a conversation, in order: the newest, or those before or after a number. */
  history: {
    args: {
      /** The conversation. */
      thread: number
      /** Only messages with a lower number. */
      before?: number
      /** Only messages with a higher number; the oldest of them first. */
      after?: number
      /** At most so many; 50 when not given. Fewer where they are long: `more` tells. */
      limit?: number
    }
    answer: Page
  }
  /** Finds messages, newest first, of all conversations one is in or of one of them: those that hold every word, whole, in one text as it is shown: the original or its last correction, or a version in another language. Case, marks, forms of letters and digits do not matter. */
  search: {
    args: {
      /** The words, at most 16. */
      query: string
      /** Only this conversation. */
      thread?: number
      /** `next` of an earlier answer: what comes after it. */
      before?: string
      /** At most so many; 20 when not given. Fewer where looking takes long: `more` tells. */
      limit?: number
    }
    answer: Found
  }
  /** Sends a message. Sent again with the same client_id it is answered with the first result. */
  send: {
    args: {
      /** The conversation. */
      thread: number
      /** Made by the sender, once for each message; version 7 is kind to the database. */
      client_id: string
      /** The text. Stored as NFC and never changed. May be left out where there are files. */
      body?: string
      /** What POST /api/upload answered, each an upload of one's own for this conversation that was not sent yet. */
      files?: number[]
      /** The language it is written in; the sender's own when not given. */
      language?: string
      /** Its direction, where the sender turned it; found from the text when not given. */
      direction?: Direction
    }
    answer: Sent
  }
  /** Sends a phrase of the school's list, with its parts. The message comes with a version in each language that is read in the conversation, and in Dutch. Sent again with the same client_id it is answered with the first result. */
  phrase: {
    args: {
      /** The conversation. */
      thread: number
      /** As for send. */
      client_id: string
      /** Its key in the list (locales/phrases/list.json). */
      phrase: string
      /** The language that the sender saw it in, the original; their own when not given, or Dutch where the list has it not in that. */
      language?: string
      /** Parts: each is required where the phrase has it, and refused where not. A name. */
      name?: string
      /** A place, or another thing that stays in the words of the sender. */
      place?: string
      /** A day, as 2026-12-03. */
      date?: string
      /** An hour, as 08:30. */
      time?: string
      /** A number. */
      number?: number
      /** The child's, where a language has another sentence for each; never required. */
      gender?: Gender
    }
    answer: Sent
  }
  /** Writes one's own message again: a new version in the language of the original, which stays visible. */
  correct: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
      /** The new text. */
      body: string
    }
    answer: ChangedMessage
  }
  /** Adds a version of a message in another language, typed or spoken by a person: by those of the school to any message, by a family to their own. */
  version: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
      /** The language of this version. */
      language: string
      /** The text. May be left out where it was spoken. */
      body?: string
      /** A voice message of one's own, uploaded and not sent yet: the translation, spoken. */
      file?: number
      /** Its direction, where it was turned. */
      direction?: Direction
    }
    answer: ChangedMessage
  }
  /** Says that another's version is right, a machine's above all: one that is shown, by its number, or one that waits for a person, by its language, which is shown from then on. */
  check_version: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
      /** The version. */
      n?: number
      /** Or the language of the one that waits. */
      language?: string
    }
    answer: ChangedMessage
  }
  /** Machine's versions of a message that wait for a person. */
  held: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
    }
    answer: Held
  }
  /** Lets what machines make of one's own message go unchecked, though it is about a topic that the school marks. */
  let_go: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
    }
    answer: ChangedMessage
  }
  /** Says that one has looked at the better words of a message. */
  better_seen: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
    }
    answer: Done
  }
  /** Takes one's own message back: nobody is shown its text from then on. */
  withdraw: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
    }
    answer: ChangedMessage
  }
  /** Moves one's own reading mark forward; never back. */
  read: {
    args: {
      /** The conversation. */
      thread: number
      /** Read up to and including this message. */
      seq: number
    }
    answer: Mark
  }
  /** Answers a message from school with a tap; a later answer replaces an earlier one. */
  answer: {
    args: {
      /** The conversation. */
      thread: number
      /** The message. */
      seq: number
      /** The answer. */
      answer: Answer
    }
    answer: Done
  }
  /** Says that what a family asked for in this conversation has been done: it needs nobody any more. */
  handled: {
    args: {
      /** The conversation. */
      thread: number
    }
    answer: Done
  }
  /** Tells those of the school that one is writing. Not stored; send it at most every 3 seconds. */
  typing: {
    args: {
      /** The conversation. */
      thread: number
    }
    answer: Done
  }
  /** Finds people of the school side who can be brought into a conversation. */
  people: {
    args: {
      /** Part of a name, in any case and with or without marks. */
      query?: string
      /** Only those who speak this language. */
      language?: string
    }
    answer: PersonList
  }
  /** Brings somebody of the school side into a conversation. Everyone in it sees who came. A coach, key person, interpreter or partner comes only with the family's consent: where that does not stand yet, the family is asked, and with their yes the person comes in. */
  bring: {
    args: {
      /** The conversation. */
      thread: number
      /** Who comes. */
      person: number
      /** How far back they may read; now when not given. */
      reach?: Reach
      /** Instead of reach: they may read from this message on, which one sees oneself. */
      from_seq?: number
      /** When their time ends by itself, in milliseconds since 1970; never later than one's own. */
      until?: number
      /** Why, in a few words; shown to everyone in the conversation. */
      why?: string
    }
    answer: JoinedMember
  }
  /** Changes when the time of somebody who was brought in ends. Nobody lengthens their own. */
  extend: {
    args: {
      /** The conversation. */
      thread: number
      /** Whose time. */
      person: number
      /** When it ends by itself, as for bring; when not given it goes on. */
      until?: number
    }
    answer: JoinedMember
  }
  /** Lets somebody who is in a conversation see further back, as far as one sees oneself; never less far. For who is there by the roster a guardian is asked first, where another one is in the conversation: with their yes they see it. So a new mentor asks for themselves, all of it. */
  widen: {
    args: {
      /** The conversation. */
      thread: number
      /** Who: also a guardian or a mentor who came later; oneself too, by the roster. */
      person: number
      /** From this message on; as far as one sees oneself when not given. */
      from_seq?: number
    }
    answer: JoinedMember
  }
  /** Takes somebody who was brought in out of a conversation. Everyone in it sees who left. */
  take_out: {
    args: {
      /** The conversation. */
      thread: number
      /** Who leaves; oneself too. */
      person: number
    }
    answer: JoinedMember
  }
  /** Who has read this conversation: by the audit log and by their reading marks. */
  readers: {
    args: {
      /** The conversation. */
      thread: number
    }
    answer: ReaderList
  }
  /** Asks a family to agree to machine translation, to voice messages being kept, or to something going along to another school, item by item. About a person bring and widen ask by themselves. */
  consent_ask: {
    args: {
      /** The conversation. */
      thread: number
      /** machine, voice, or one that begins with move_. */
      kind: ConsentKind
      /** When it ends by itself, in milliseconds since 1970. */
      until?: number
      /** Why, in a few words; shown to the family. For what goes along: which school it goes to, and required. */
      why?: string
    }
    answer: ConsentNow
  }
  /** Answers a question that waits, for the family. Any guardian may; the first answer is the family's. */
  consent_answer: {
    args: {
      /** The conversation. */
      thread: number
      /** The question. */
      consent: number
      /** The answer. someone_else only where a person would come in. */
      says: ConsentAnswer
      /** The language it was read in. */
      language: string
      /** Which version of that language's words was shown. */
      words?: string
    }
    answer: ConsentNow
  }
  /** Says yes, without having been asked, to voice messages being kept: by a guardian who wants to speak. Where that was asked and waits, it is the answer. */
  consent_give: {
    args: {
      /** The conversation. */
      thread: number
      /** The language it was read in. */
      language: string
      /** Which version of that language's words was shown. */
      words?: string
    }
    answer: ConsentNow
  }
  /** Writes down what a guardian said aloud, by who speaks with them and did not ask. Of a question that waits the answer; of a yes that stands no withdraws it. */
  consent_record: {
    args: {
      /** The conversation. */
      thread: number
      /** The question. */
      consent: number
      /** The guardian, who is in the conversation. */
      said_by: number
      /** What they said. */
      says: ConsentAnswer
      /** The language it was spoken in. */
      language: string
    }
    answer: ConsentNow
  }
  /** Withdraws the family's yes, at once: who came in on it leaves, and who saw further back on it sees from the day on which they came. Any guardian may, whoever said yes. */
  consent_withdraw: {
    args: {
      /** The conversation. */
      thread: number
      /** What was agreed to. */
      consent: number
    }
    answer: ConsentNow
  }
  /** Takes a question back that waits. */
  consent_take_back: {
    args: {
      /** The conversation. */
      thread: number
      /** The question. */
      consent: number
    }
    answer: ConsentNow
  }
  /** All that a family was ever asked to agree to in this conversation. */
  consents: {
    args: {
      /** The conversation. */
      thread: number
    }
    answer: ConsentList
  }
  /** Staff notes on a conversation, those one may read: the newest, or those before an id. */
  notes: {
    args: {
      /** The conversation. */
      thread: number
      /** Only notes with a lower id. */
      before?: number
      /** At most so many; 50 when not given. Fewer where they are long: `more` tells. */
      limit?: number
    }
    answer: NotePage
  }
  /** Writes a staff note on a conversation; nobody of the family's side is told of it. Sent again with the same client_id it is answered with the first. */
  note: {
    args: {
      /** The conversation. */
      thread: number
      /** Made by the author, once for each note. */
      client_id: string
      /** Who it is for. All who may write notes may write to the care team. */
      level: NoteLevel
      /** The text. */
      body: string
      /** The language it is written in; the author's own when not given. */
      language?: string
      /** Its direction, where the author turned it. */
      direction?: Direction
    }
    answer: ChangedNote
  }
  /** Writes one's own note again. The former text is not kept. */
  note_change: {
    args: {
      /** The conversation. */
      thread: number
      /** The note. */
      note: number
      /** The new text. */
      body: string
    }
    answer: ChangedNote
  }
  /** Takes one's own note back: its text is gone. */
  note_withdraw: {
    args: {
      /** The conversation. */
      thread: number
      /** The note. */
      note: number
    }
    answer: ChangedNote
  }
  /** Moves one's own mark among the notes forward; never back. */
  note_read: {
    args: {
      /** The conversation. */
      thread: number
      /** Read up to and including this note. */
      note: number
    }
    answer: NoteMark
  }
  /** Sets how one reads: the language of the app and the messages, and which wording of a message comes first. What is not given stays. */
  profile: {
    args: {
      /** The language. */
      language?: string
      /** Which wording comes first. */
      balance?: Balance
    }
    answer: Me
  }
  /** Which phrases of the list a person has spoken, in which language: GET /api/recording gives the sound. */
  recordings: {
    args: {
      /** Only in this language. */
      language?: string
    }
    answer: Recordings
  }
  /** Takes a recording of a phrase away; nobody hears it from then on. */
  recording_withdraw: {
    args: {
      /** Its key in the list. */
      phrase: string
      /** The language it is spoken in. */
      language: string
    }
    answer: Done
  }
  /** What the school calls things: words that a machine leaves alone or puts into another language as the school does. */
  glossary: {
    args: {
    }
    answer: Glossary
  }
  /** Writes down what the school calls something, or changes it. */
  glossary_put: {
    args: {
      /** The one to change; a new one when not given. */
      term?: number
      /** The language of the words. */
      language: string
      /** A word or several, in the form in which they are looked for. Case and marks do not matter. */
      words: string
      /** In this language they are what `instead` says; when not given they stay as they are in every language. The language of the words itself: `instead` is plainer, and who writes them is told so. */
      target_language?: string
      /** What they are in that language. */
      instead?: string
      /** It takes other forms in a sentence: shown to people who translate, and not put in by itself. */
      inflects?: boolean
    }
    answer: ChangedTerm
  }
  /** Takes words out of the glossary. */
  glossary_remove: {
    args: {
      /** Which. */
      term: number
    }
    answer: Done
  }
  /** What a message would be to those who read it, before it is sent: in which languages, and from where. */
  preview: {
    args: {
      /** The conversation. */
      thread: number
      /** The text. Kept nowhere. Left out where there are files only. */
      body?: string
      /** The phrase of the list that it is, by its key. */
      phrase?: string
      /** The language it is written in. */
      language: string
    }
    answer: Preview
  }
  /** The topics on which what a machine made waits for a person, and the words they are known by. */
  topics: {
    args: {
    }
    answer: Topics
  }
  /** Marks a topic, or not any more. */
  topic_hold: {
    args: {
      /** Which. */
      topic: Topic
      /** Whether a person is to look. */
      held: boolean
    }
    answer: Topics
  }
  /** Adds words by which a message is known to be about a topic. */
  topic_word_add: {
    args: {
      /** Which. */
      topic: Topic
      /** The language of the words. */
      language: string
      /** A word or several; an asterisk behind: every word that begins so. */
      words: string
    }
    answer: Topics
  }
  /** Takes such words out. */
  topic_word_remove: {
    args: {
      /** Which. */
      word: number
    }
    answer: Topics
  }
  /** Finds people of the school, of both sides, to give them a sign-in link. */
  roll: {
    args: {
      /** Part of a name, in any case and with or without marks. */
      query?: string
    }
    answer: RollList
  }
  /** The classes whose families one may invite, with how many never signed in. */
  classes: {
    args: {
    }
    answer: ClassList
  }
  /** Makes an invitation for a person: a link with its QR code, and a code to type, valid once and for a time. Shown once; earlier ones that were not used are good no more. */
  invite: {
    args: {
      /** Whom it is for. */
      person: number
      /** Also where they sign in at the school's own page only: from then on they sign in by a password here, which is refused otherwise (conflict, provider). */
      anyway?: boolean
    }
    answer: InvitationList
  }
  /** Makes an invitation for everyone of the families of a class who never signed in. */
  invite_class: {
    args: {
      /** The class. */
      class: number
    }
    answer: InvitationList
  }
  /** Where one is signed in. */
  sessions: {
    args: {
    }
    answer: SessionList
  }
  /** Ends one of one's own sessions, or all but this one. What is left is answered. */
  session_end: {
    args: {
      /** The session; all others when not given. */
      session?: number
    }
    answer: SessionList
  }
  /** Where a person is signed in. */
  sessions_of: {
    args: {
      /** The person. */
      person: number
    }
    answer: SessionList
  }
  /** Ends a session of a person, or all of them: a phone was lost. What is left is answered. */
  session_end_of: {
    args: {
      /** The person. */
      person: number
      /** The session; all when not given. */
      session?: number
    }
    answer: SessionList
  }
}

/** Commands that a role may never do, and those only with what is their own or themselves (bridge/RIGHTS.md). */
export const RIGHTS: { [role in Role]: { never: string; own: string } } = {
  parent: { never: 'check_version handled people bring extend widen take_out consent_ask consent_record consent_take_back notes note note_change note_withdraw note_read recording_withdraw glossary glossary_put glossary_remove preview topics topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct version held let_go withdraw' },
  legal_guardian: { never: 'check_version handled people bring extend widen take_out consent_ask consent_record consent_take_back notes note note_change note_withdraw note_read recording_withdraw glossary glossary_put glossary_remove preview topics topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct version held let_go withdraw' },
  residential_counsellor: { never: 'check_version handled people bring extend widen take_out consent_ask consent_answer consent_give consent_record consent_withdraw consent_take_back notes note note_change note_withdraw note_read recording_withdraw glossary glossary_put glossary_remove preview topics topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct version held let_go withdraw' },
  mentor: { never: 'check_version answer consent_answer consent_give consent_record consent_withdraw recording_withdraw glossary_put glossary_remove topic_hold topic_word_add topic_word_remove roll', own: 'correct held let_go withdraw note_change note_withdraw' },
  teacher: { never: 'check_version answer consent_answer consent_give consent_record consent_withdraw recording_withdraw glossary_put glossary_remove topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct held let_go withdraw note_change note_withdraw' },
  attendance_coordinator: { never: 'check_version answer consent_answer consent_give consent_record consent_withdraw recording_withdraw glossary_put glossary_remove topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct held let_go withdraw note_change note_withdraw' },
  care_coordinator: { never: 'check_version answer consent_answer consent_give consent_record consent_withdraw recording_withdraw roll classes invite invite_class sessions_of session_end_of', own: 'correct held let_go withdraw note_change note_withdraw' },
  psychologist: { never: 'check_version answer consent_answer consent_give consent_record consent_withdraw recording_withdraw glossary_put glossary_remove topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct held let_go withdraw note_change note_withdraw' },
  coach: { never: 'answer consent_answer consent_give consent_withdraw topic_hold topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct let_go withdraw note_change note_withdraw' },
  key_person: { never: 'answer handled people bring extend widen consent_ask consent_answer consent_give consent_withdraw consent_take_back notes note note_change note_withdraw note_read glossary_put glossary_remove topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct let_go withdraw take_out' },
  interpreter: { never: 'answer handled people bring extend widen consent_ask consent_answer consent_give consent_withdraw consent_take_back notes note note_change note_withdraw note_read glossary_put glossary_remove topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct let_go withdraw take_out' },
  bridge_officer: { never: 'answer consent_answer consent_give consent_withdraw topic_hold topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct let_go withdraw note_change note_withdraw' },
  external_partner: { never: 'check_version answer handled people bring extend widen consent_ask consent_answer consent_give consent_record consent_withdraw consent_take_back notes note note_change note_withdraw note_read recording_withdraw glossary glossary_put glossary_remove preview topics topic_hold topic_word_add topic_word_remove roll classes invite invite_class sessions_of session_end_of', own: 'correct version held let_go withdraw take_out' },
  school_leader: { never: 'check_version answer people bring extend widen consent_ask consent_answer consent_give consent_record consent_withdraw consent_take_back recording_withdraw roll classes invite invite_class sessions_of session_end_of', own: 'correct version held let_go withdraw take_out note_change note_withdraw' },
  administrator: { never: 'threads thread history search send phrase correct version check_version held let_go better_seen withdraw read answer handled typing people bring extend widen take_out readers consent_ask consent_answer consent_give consent_record consent_withdraw consent_take_back consents notes note note_change note_withdraw note_read preview', own: '' },
}

export const HISTORY_MAX = 100
export const MESSAGE_BODY_MAX = 16384
export const MESSAGE_GRAPHEMES_MAX = 4000

import { useState } from 'preact/hooks'
import { Attached, canRecord, Recorder, voiceStands } from '../app/media.tsx'
import { nameIn } from '../app/consents.ts'
import { Sheet } from '../app/Sheet.tsx'
import { Text } from '../app/Text.tsx'
import { Mic } from '../pictures/icons.tsx'
import { addVersion } from '../state/connection.ts'
import type { Message, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { sameLanguage, shownTo } from '../words/shown.ts'
import { language, t } from '../words/words.ts'

/** A translation by hand, in a language that somebody in the conversation reads. */
export function AddVersion({ message, thread, begin, close }: { message: Message; thread: Thread; begin?: { language: string; body: string }; close: () => void }) {
  // What was spoken can be written down in its own language too.
  const isSpoken = message.body === ''
  const wanted = thread.members
    .filter(({ until }) => until === undefined)
    .flatMap(({ person }) => [...(person.reads ?? []), person.language ?? '', ...person.speaks])
    .filter((tag) => tag && (isSpoken || !sameLanguage(tag, message.language)))
  if (isSpoken) wanted.unshift(message.language)
  if (begin) wanted.unshift(begin.language)
  const languages = [...new Map(wanted.reverse().map((tag) => [ownName(tag), tag])).values()].reverse()
  const [tag, setTag] = useState(begin?.language ?? languages.find((one) => sameLanguage(one, language.value.tag)) ?? languages[0] ?? '')
  const [text, setText] = useState(begin?.body ?? '')
  const [fault, setFault] = useState('')
  const [saying, setSaying] = useState(false)
  const original = shownTo(message, message.language)

  return (
    <Sheet title={t('staff.addVersion')} close={close}>
      {message.attachments && <Attached attachments={message.attachments.filter(({ kind }) => kind === 'voice')} from={nameIn(thread, message.sender)} />}
      {original?.body && <Text kind="orig" body={original.body} language={original.language} direction={original.direction} />}
      {fault && <p class="fault" role="alert">{fault}</p>}
      <form
        class="btns"
        onSubmit={(event) => {
          event.preventDefault()
          addVersion(thread.id, message.seq, tag, text).then(close, (error: unknown) => setFault(sayError(error)))
        }}
      >
        <label class="lab">
          {t('staff.versionLanguage')}
          <select class="fil" value={tag} onChange={(event) => setTag(event.currentTarget.value)}>
            {languages.map((one) => <option key={one} value={one}>{ownName(one)}</option>)}
          </select>
        </label>
        <textarea class="field" rows={4} dir="auto" lang={tag} aria-label={t('staff.addVersion')} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit" class="btn go" disabled={!text.trim() || !tag}>{t('staff.versionSend')}</button>
        {canRecord() && voiceStands(thread) && !saying && (
          <button type="button" class="btn" disabled={!tag} onClick={() => setSaying(true)}>
            <Mic />
            {t('version.say')}
          </button>
        )}
      </form>
      {saying && <Recorder key={tag} thread={thread.id} of={message.seq} language={tag} done={(sent) => (sent ? close() : setSaying(false))} />}
    </Sheet>
  )
}

import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Text } from '../app/Text.tsx'
import { addVersion } from '../state/connection.ts'
import type { Message, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { sameLanguage, shownTo } from '../words/shown.ts'
import { language, t } from '../words/words.ts'

/** A translation by hand, in a language that somebody in the conversation reads. */
export function AddVersion({ message, thread, begin, close }: { message: Message; thread: Thread; begin?: { language: string; body: string }; close: () => void }) {
  const wanted = thread.members
    .filter(({ until }) => until === undefined)
    .flatMap(({ person }) => [...(person.reads ?? []), person.language ?? '', ...person.speaks])
    .filter((tag) => tag && !sameLanguage(tag, message.language))
  if (begin) wanted.unshift(begin.language)
  const languages = [...new Map(wanted.reverse().map((tag) => [ownName(tag), tag])).values()].reverse()
  const [tag, setTag] = useState(begin?.language ?? languages.find((one) => sameLanguage(one, language.value.tag)) ?? languages[0] ?? '')
  const [text, setText] = useState(begin?.body ?? '')
  const [fault, setFault] = useState('')
  const original = shownTo(message, message.language)

  return (
    <Sheet title={t('staff.addVersion')} close={close}>
      {original && <Text kind="orig" body={original.body} language={original.language} direction={original.direction} />}
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
      </form>
    </Sheet>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { PreviewLine } from '../app/PreviewLine.tsx'
import { Text } from '../app/Text.tsx'
import { Back } from '../pictures/icons.tsx'
import { ask } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import type { PreviewLanguage, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { partsOf, sayPhrase, type Gender, type Part, type Parts, type Phrase, type PhraseWords } from '../words/phrases.ts'
import { languages, t } from '../words/words.ts'
import type { Lists } from './PhraseSheet.tsx'
import { Pictogram } from './Pictogram.tsx'
import { Voice } from './Voice.tsx'

const GENDERS: readonly Gender[] = ['female', 'male', 'other']

/** The languages that others here read and that the list has this phrase not in: where the words come from then. */
function useOthers(thread: Thread, key: string, language: string): readonly PreviewLanguage[] {
  const [others, setOthers] = useState<readonly PreviewLanguage[]>([])
  useEffect(() => {
    if (may('preview'))
      void ask('preview', { thread: thread.id, phrase: key, body: key, language }).then(
        (told) => setOthers(told.languages.filter(({ source }) => source !== 'phrase' && source !== 'original')),
        () => undefined,
      )
  }, [thread, key, language])
  return others
}

interface Props {
  thread: Thread
  lists: Lists
  phrase: Phrase
  child: string
  back: () => void
  send: (parts: Parts, body: string) => void
}

/** A phrase's parts, and what everybody will read, before it is sent. */
export function Fill({ thread, lists: { own, source, read }, phrase, child, back, send }: Props) {
  const [parts, setParts] = useState<Parts>({})
  const asked = partsOf(phrase.key, source, read)
  const ready = asked.every((part) => part === 'gender' || (parts[part] !== undefined && parts[part] !== ''))
  const words = own.phrases[phrase.key] ? own : source
  const others = useOthers(thread, phrase.key, words.language.tag)
  const shown = [words, ...(words === source ? [] : [source]), ...read].filter((one, at, all) => all.indexOf(one) === at)

  function set(part: Exclude<Part, 'gender'>, value: string) {
    const { [part]: _, ...rest } = parts
    setParts(value === '' ? rest : { ...rest, [part]: part === 'number' ? Number(value) : value })
  }

  return (
    <form
      class="phrase"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) send(parts, sayPhrase(words, phrase.key, child, parts) ?? '')
      }}
    >
      <button type="button" class="btn soft" onClick={back}>
        <Back />
        {t('phrase.other')}
      </button>
      {asked.map((part) =>
        part === 'gender' ? (
          <fieldset key={part} class="genders">
            <legend>{t('phrase.part.gender')}</legend>
            {GENDERS.map((gender) => (
              <label key={gender}>
                <input type="radio" name="gender" checked={(parts.gender ?? 'other') === gender} onChange={() => setParts({ ...parts, gender })} />
                {t(`phrase.gender.${gender}`)}
              </label>
            ))}
          </fieldset>
        ) : (
          <label key={part} class="lab">
            {t(`phrase.part.${part}`)}
            <Field part={part} value={String(parts[part] ?? '')} set={(value) => set(part, value)} />
          </label>
        ),
      )}
      <h3>{t('phrase.preview')}</h3>
      {shown.map((one) => <Seen key={one.language.tag} words={one} phrase={phrase} child={child} parts={parts} />)}
      {others.map((line) => <p key={line.language} class="fine"><PreviewLine line={line} thread={thread} /></p>)}
      <button type="submit" class="btn go" disabled={!ready}>{t('phrase.send')}</button>
    </form>
  )
}

/** The browser's own control for each kind of part. */
function Field({ part, value, set }: { part: Exclude<Part, 'gender'>; value: string; set: (value: string) => void }) {
  const rest = { class: 'part', required: true, value, onInput: (event: { currentTarget: HTMLInputElement }) => set(event.currentTarget.value) }
  if (part === 'date') return <input type="date" {...rest} />
  if (part === 'time') return <input type="time" {...rest} />
  if (part === 'number') return <input type="number" min={0} max={99999} {...rest} />
  return <input type="text" dir="auto" maxLength={100} {...rest} />
}

/** As readers of one language get it, and how far it was checked. */
function Seen({ words, phrase, child, parts }: { words: PhraseWords; phrase: Phrase; child: string; parts: Parts }) {
  const { tag } = words.language
  const text = sayPhrase(words, phrase.key, child, parts)
  const state = text === undefined ? t('phrase.notIn') : words.phrases[phrase.key]?.state === 'machine' ? t('phrase.unread') : ''
  const dir = languages.find((known) => known.tag === tag)?.dir ?? 'ltr'
  return (
    <div class="seen">
      <p class="fine"><bdi lang={tag}>{ownName(tag)}</bdi>{state && <> · {state}</>}</p>
      {text !== undefined && (
        <div class="sentence">
          <Pictogram name={phrase.picture} />
          <Text body={text} language={tag} direction={dir} />
        </div>
      )}
      {text !== undefined && <Voice phrase={phrase.key} words={words} />}
    </div>
  )
}

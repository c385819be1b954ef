import { useState } from 'preact/hooks'
import { canSay, sayAloud } from '../app/aloud.ts'
import { Back, Send, Volume } from '../pictures/icons.tsx'
import type { Parts, Phrase } from '../words/phrases.ts'
import { language, languages, t } from '../words/words.ts'
import { Pictogram } from './Pictogram.tsx'

/** Tomorrow, as a field of a form wants it. */
function tomorrow(): string {
  const day = new Date(Date.now() + 86_400_000)
  return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

interface Props {
  phrase: Phrase
  /** Pictures of the day that was chosen. */
  day: readonly string[]
  /** The language of the sentence. */
  tag: string
  say: (parts: Parts) => string
  back: () => void
  send: (parts: Parts) => void
}

/** The last look: what and which day in pictures, the sentence, and one large button. */
export function MySend({ phrase, day, tag, say, back, send }: Props) {
  const withDate = phrase.key.endsWith('_date') || say({}).includes('…')
  const withPlace = phrase.key === 'my.moved'
  const [parts, setParts] = useState<Parts>(withDate && !withPlace ? { date: tomorrow() } : {})
  const text = say(parts)
  return (
    <form
      class="phrase"
      onSubmit={(event) => {
        event.preventDefault()
        if (!text.includes('…')) send(parts)
      }}
    >
      {parts.date !== undefined && (
        <input class="part" type="date" required aria-label={t('phrase.part.date')} value={parts.date} onInput={(event) => setParts({ date: event.currentTarget.value })} />
      )}
      {withPlace && (
        <input class="part" type="text" required dir="auto" maxLength={100} aria-label={t('phrase.part.place')} value={parts.place ?? ''} onInput={(event) => setParts({ place: event.currentTarget.value })} />
      )}
      <div class="sentence big">
        <div>
          <Pictogram name={phrase.picture} />
          {day.length > 0 && <span class="pair">{day.map((one) => <Pictogram key={one} name={one} />)}</span>}
        </div>
        <p class="text" lang={tag} dir={languages.find((known) => known.tag === tag)?.dir ?? language.value.dir}>{text}</p>
      </div>
      {canSay(tag, phrase.key) && (
        <button type="button" class="btn soft" onClick={() => sayAloud(text, tag, phrase.key)}>
          <Volume />
          {t('message.listen')}
        </button>
      )}
      <button type="submit" class="btn go wide" disabled={text.includes('…')}>
        <Send />
        {t('my.send')}
      </button>
      <button type="button" class="btn soft" onClick={back}>
        <Back />
        {t('back')}
      </button>
    </form>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { canRecord } from '../app/media.tsx'
import { part } from '../app/part.tsx'
import { heard, hush, play } from '../app/voice.ts'
import { Mic, Stop, TriangleAlert, Volume } from '../pictures/icons.tsx'
import { Trash } from '../media/pictures.tsx'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import { short } from '../words/dates.ts'
import { canBeSpoken, type PhraseWords } from '../words/phrases.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { look, recordingOf, soundOf, speak, takeAway } from './spoken.ts'

const Record = part(() => import('../media/Record.tsx').then((it) => it.Record))

/** A phrase in one language: heard where a person has spoken it, and spoken in one press by who may. */
export function Voice({ phrase, words }: { phrase: string; words: PhraseWords }) {
  const { tag } = words.language
  const [saying, setSaying] = useState(false)
  const [fault, setFault] = useState('')
  useEffect(look, [])
  const there = recordingOf(phrase, tag)
  const what = `phrase ${phrase} ${tag}`
  const plays = heard.value?.what === what && heard.value.how !== 'failed'
  // Who may take one away may speak one (proto/rights.def).
  const mine = may('recording_withdraw') && canRecord() && canBeSpoken(words, phrase)
  if (!there && !mine) return null

  if (saying)
    return (
      <>
        {fault && <p class="fault" role="alert">{fault}</p>}
        <Record
          draft={`spoken.${me.value?.id ?? 0}.${phrase}.${tag}`}
          word={t('spoken.keep')}
          keep={({ blob }) =>
            speak(phrase, tag, blob).catch((error: unknown) => {
              setFault(sayError(error))
              throw error
            })}
          done={() => {
            setFault('')
            setSaying(false)
          }}
        />
      </>
    )
  return (
    <div class="spoken">
      {there && !there.changed && (
        <button type="button" class="act" aria-busy={heard.value?.what === what && heard.value.how === 'waits'} onClick={() => (plays ? hush() : play(what, soundOf(phrase, tag)))}>
          {plays ? <Stop /> : <Volume />}
          {t(plays ? 'message.listenStop' : 'message.listen')}
        </button>
      )}
      {mine && (
        <button type="button" class="act" onClick={() => setSaying(true)}>
          <Mic />
          {t(there ? 'spoken.again' : 'spoken.say')}
        </button>
      )}
      {there && may('recording_withdraw') && (
        <button type="button" class="act quiet" onClick={() => void takeAway(phrase, tag).then(() => setFault(''), (error: unknown) => setFault(sayError(error)))}>
          <Trash />
          {t('spoken.remove')}
        </button>
      )}
      {there && <span class="fine">{there.changed ? t('spoken.changed') : t('spoken.by', { name: iso(there.by ?? ''), day: short(there.made) })}</span>}
      {fault && <span class="fine" role="alert"><TriangleAlert small /> {fault}</span>}
    </div>
  )
}

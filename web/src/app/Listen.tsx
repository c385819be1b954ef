import { TriangleAlert, Stop, Volume } from '../pictures/icons.tsx'
import { t } from '../words/words.ts'
import { part } from './part.tsx'
import { canHear, canSpeak, heard, hush, play, speakAloud } from './voice.ts'

const Spoken = part(() => import('../phrases/Spoken.tsx').then((it) => it.Spoken))

export interface Heard {
  text: string
  language: string
  thread: number
  seq: number
  /** 0: the original. */
  version: number
  /** It is this phrase of the list: a person may have spoken it. */
  phrase?: string | undefined
}

/** Hears a message; a second tap ends it. Not there where nothing can say it. spoken: a person has. */
export function Listen({ spoken, ...it }: Heard & { spoken?: boolean }) {
  const { text, language, thread, seq, version, phrase } = it
  const what = `message ${thread} ${seq} ${version}`
  const now = heard.value?.what === what ? heard.value.how : ''
  if (!spoken && !canHear(language)) return phrase ? <Spoken {...it} phrase={phrase} /> : null

  function tap() {
    if (now === 'waits' || now === 'plays') hush()
    else if (canSpeak(language)) speakAloud(text, language, what)
    else play(what, `/api/speech?thread=${thread}&seq=${seq}&version=${version}`)
  }

  return (
    <>
      <button type="button" class="act" aria-busy={now === 'waits'} onClick={tap}>
        {now === 'waits' || now === 'plays' ? <Stop /> : <Volume />}
        {t(now === 'waits' || now === 'plays' ? 'message.listenStop' : 'message.listen')}
      </button>
      {now === 'failed' && (
        <span class="fine" role="alert">
          <TriangleAlert small /> {t('message.listenFault')}
        </span>
      )}
    </>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { canSay, sayAloud } from '../app/aloud.ts'
import { ownLanguage } from '../app/written.ts'
import { Back } from '../pictures/icons.tsx'
import { sayByPhrase } from '../state/connection.ts'
import type { Thread } from '../wire/protocol.ts'
import { phraseList, phrasesIn, sayPhrase, sourcePhrases, type Parts, type Phrase, type PhraseWords } from '../words/phrases.ts'
import { language, t } from '../words/words.ts'
import { MySend } from './MySend.tsx'
import { Pictogram } from './Pictogram.tsx'
import { look } from './spoken.ts'
import './phrases.css'

/** What a family reports with a day: one tile, and then today, tomorrow or another day. */
const WITH_DAY = ['ill', 'doctor', 'dentist', 'late'] as const
const DAYS = [
  { day: 'today', pictures: ['sun'] },
  { day: 'tomorrow', pictures: ['moon', 'sun'] },
  { day: 'date', pictures: ['calendar'] },
] as const

type About = (typeof WITH_DAY)[number]

/** What a family says again and again, by picture and sound: nothing has to be read, nothing written. */
export function MyMenu({ thread, close }: { thread: Thread; close: () => void }) {
  const [words, setWords] = useState<PhraseWords>()
  const [list, setList] = useState<readonly Phrase[]>([])
  const [about, setAbout] = useState<About>()
  const [chosen, setChosen] = useState<Phrase>()
  const child = thread.pupil.given

  useEffect(look, [])
  useEffect(() => {
    void Promise.all([phraseList(), phrasesIn(ownLanguage()), sourcePhrases()]).then(([all, own, source]) => {
      setList(all.filter(({ from }) => from !== 'school'))
      setWords(own ?? source)
    }, () => undefined)
  }, [])

  if (!words) return <Sheet title={t('my.title')} close={close}><p class="fine">{t('phrase.fetching')}</p></Sheet>

  const { tag } = words.language
  const find = (key: string) => list.find((phrase) => phrase.key === key)
  const say = (phrase: Phrase, parts: Parts = {}) => sayPhrase(words, phrase.key, child, parts) ?? ''
  function choose(phrase: Phrase | undefined) {
    if (!phrase) return
    setChosen(phrase)
    // Heard where there is a voice: who does not read knows what a tile says by tapping it.
    if (canSay(tag, phrase.key)) sayAloud(say(phrase), tag, phrase.key)
  }

  if (chosen)
    return (
      <Sheet title={t('my.send')} close={close}>
        <MySend
          phrase={chosen}
          day={DAYS.find(({ day }) => chosen.key === `my.${about}_${day}`)?.pictures ?? []}
          tag={tag}
          say={(parts) => say(chosen, parts)}
          back={() => setChosen(undefined)}
          send={(parts) => {
            sayByPhrase(thread.id, chosen.key, parts, say(chosen, parts), words.language.tag)
            close()
          }}
        />
      </Sheet>
    )
  if (about)
    return (
      <Sheet title={t(`my.${about}`)} close={close}>
        <div class="tiles">
          {DAYS.map(({ day, pictures }) => (
            <button key={day} type="button" class="tile" onClick={() => choose(find(`my.${about}_${day}`))}>
              <span class="pair">{pictures.map((one) => <Pictogram key={one} name={one} />)}</span>
              <span>{t(`my.${day}`)}</span>
            </button>
          ))}
        </div>
        <button type="button" class="btn soft wide" onClick={() => setAbout(undefined)}>
          <Back />
          {t('back')}
        </button>
      </Sheet>
    )
  const single = list.filter(({ key }) => !WITH_DAY.some((one) => key.startsWith(`my.${one}_`)) && words.phrases[key])
  return (
    <Sheet title={t('my.title')} close={close}>
      <div class="tiles">
        {WITH_DAY.map((one) => (
          <button
            key={one}
            type="button"
            class="tile"
            onClick={() => {
              setAbout(one)
              if (canSay(language.value.tag)) sayAloud(t(`my.${one}`), language.value.tag)
            }}
          >
            <Pictogram name={one} />
            <span>{t(`my.${one}`)}</span>
          </button>
        ))}
        {single.map((phrase) => (
          <button key={phrase.key} type="button" class="tile" onClick={() => choose(phrase)}>
            <Pictogram name={phrase.picture} />
            <span>{say(phrase)}</span>
          </button>
        ))}
      </div>
    </Sheet>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { ownLanguage } from '../app/written.ts'
import { me } from '../state/store.ts'
import { ownName } from '../words/dates.ts'
import { baseOf } from '../words/intl.ts'
import { canBeSpoken, phraseList, phrasesIn, phraseTags, sayPhrase, sourcePhrases, type Phrase, type PhraseWords } from '../words/phrases.ts'
import { languages, t } from '../words/words.ts'
import { Pictogram } from './Pictogram.tsx'
import { isSpoken, look } from './spoken.ts'
import { Voice } from './Voice.tsx'
import './phrases.css'

/** The languages that somebody speaks stand in front. */
function inOrder(): string[] {
  const speaks = (me.value?.speaks ?? []).map(baseOf)
  const tags = [...phraseTags]
  const rank = (tag: string) => (speaks.includes(tag) && tag !== 'nl' ? 0 : 1)
  return tags.sort((a, b) => rank(a) - rank(b) || ownName(a).localeCompare(ownName(b)))
}

/** Every sentence that is the same each time, in one language, to be spoken one after the other. */
export function Voices() {
  const [tags] = useState(inOrder)
  const [tag, setTag] = useState(tags[0] ?? baseOf(ownLanguage()))
  const [all, setAll] = useState<readonly Phrase[]>([])
  const [words, setWords] = useState<PhraseWords>()
  const [source, setSource] = useState<PhraseWords>()
  const [missing, setMissing] = useState(true)
  // What was just spoken stays in its place until another language is chosen.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  useEffect(look, [])
  useEffect(() => {
    let gone = false
    void Promise.all([phraseList(), phrasesIn(tag), sourcePhrases()]).then(([list, own, dutch]) => {
      if (gone || !own || !dutch) return
      const can = list.filter(({ key }) => canBeSpoken(own, key))
      setAll(can)
      setKept(new Set(can.filter(({ key }) => !isSpoken(key, tag)).map(({ key }) => key)))
      setWords(own)
      setSource(dutch)
    }, () => undefined)
    return () => {
      gone = true
    }
  }, [tag])

  const ready = words && source && words.language.tag === tag
  const spoken = all.filter(({ key }) => isSpoken(key, tag))
  const dir = languages.find((known) => known.tag === tag)?.dir ?? 'ltr'
  const shown = all.filter(({ key }) => !missing || kept.has(key) || !isSpoken(key, tag))
  return (
    <div class="phrases">
      <p class="fine">{t('spoken.note')}</p>
      <label class="lab">
        {t('staff.versionLanguage')}
        <select class="fil" value={tag} onChange={(event) => setTag(event.currentTarget.value)}>
          {tags.map((one) => <option key={one} value={one}>{ownName(one)}</option>)}
        </select>
      </label>
      <label class="tick">
        <input type="checkbox" checked={missing} onChange={(event) => setMissing(event.currentTarget.checked)} />
        {t('spoken.missing')}
      </label>
      {ready && <p class="fine" role="status">{t('spoken.count', { count: spoken.length, all: all.length })}</p>}
      {ready && (
        <ul class="listed">
          {shown.map((phrase) => (
            <li key={phrase.key} class="seen">
              <div class="sentence">
                <Pictogram name={phrase.picture} />
                <p class="text" lang={tag} dir={dir}>{sayPhrase(words, phrase.key, '…', {})}</p>
              </div>
              {tag !== source.language.tag && <p class="fine" lang="nl">{sayPhrase(source, phrase.key, '…', {})}</p>}
              <Voice phrase={phrase.key} words={words} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

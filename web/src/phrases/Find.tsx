import { Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Volume } from '../pictures/icons.tsx'
import { ownName } from '../words/dates.ts'
import { finds, sayPhrase, type Phrase, type PhraseWords } from '../words/phrases.ts'
import { t } from '../words/words.ts'
import type { Lists } from './PhraseSheet.tsx'
import { Pictogram } from './Pictogram.tsx'
import { look as lookForSpoken, recordings } from './spoken.ts'

interface Props {
  lists: Lists
  others: readonly PhraseWords[]
  child: string
  look: () => void
  choose: (phrase: Phrase) => void
}

/** In which languages a person has spoken it. */
function In({ phrase }: { phrase: string }) {
  const tags = recordings().filter((one) => one.phrase === phrase && !one.changed).map(({ language }) => language)
  if (tags.length === 0) return null
  return <small class="in"><Volume small label={t('spoken.in')} /> {tags.map((tag, i) => <Fragment key={tag}>{i > 0 && t('comma') + ' '}<bdi lang={tag}>{ownName(tag)}</bdi></Fragment>)}</small>
}

/** Looking for a phrase: by its subject, its picture, or words of it in any language. */
export function Find({ lists: { all, own, source }, others, child, look, choose }: Props) {
  const [query, setQuery] = useState('')
  const [category, setCategory] = useState('')
  const [picture, setPicture] = useState('')
  useEffect(lookForSpoken, [])
  const school = all.filter(({ from }) => from !== 'family')
  const categories = [...new Set(school.map((phrase) => phrase.category))]
  const within = school.filter((phrase) => !category || phrase.category === category)
  const texts = (key: string) => [own, source, ...others].map((words) => words.phrases[key]?.text ?? '')
  const found = within.filter((phrase) => (!picture || phrase.picture === picture) && (!query.trim() || finds(query, [...texts(phrase.key), t(`phrase.category.${phrase.category}`)])))
  const say = (phrase: Phrase) => sayPhrase(own, phrase.key, child, {}) ?? sayPhrase(source, phrase.key, child, {})

  return (
    <div class="phrases">
      <input
        type="search"
        class="part"
        dir="auto"
        value={query}
        placeholder={t('phrase.search')}
        aria-label={t('phrase.search')}
        onFocus={look}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <label class="lab">
        {t('phrase.subject')}
        <select
          class="fil"
          value={category}
          onChange={(event) => {
            setCategory(event.currentTarget.value)
            setPicture('')
          }}
        >
          <option value="">{t('phrase.all')}</option>
          {categories.map((one) => <option key={one} value={one}>{t(`phrase.category.${one}`)}</option>)}
        </select>
      </label>
      <div class="pictures" role="group" aria-label={t('phrase.pictures')}>
        {[...new Set(within.map((phrase) => phrase.picture))].map((one) => (
          <button key={one} type="button" class={picture === one ? 'on' : ''} aria-pressed={picture === one} aria-label={say(within.find((phrase) => phrase.picture === one) ?? within[0]!)} onClick={() => setPicture(picture === one ? '' : one)}>
            <Pictogram name={one} />
          </button>
        ))}
      </div>
      <p class="fine" role="status">{t('phrase.found', { count: found.length })}</p>
      <ul class="listed">
        {found.map((phrase) => (
          <li key={phrase.key}>
            <button type="button" class="choice" onClick={() => choose(phrase)}>
              <Pictogram name={phrase.picture} />
              <span dir="auto">{say(phrase)}</span>
              <In phrase={phrase.key} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { X } from '../pictures/icons.tsx'
import { ask } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { state } from '../state/store.ts'
import type { Term } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'

const TARGETS = ['ar', 'ti', 'uk', 'ru', 'tr', 'fa', 'prs', 'ps', 'so', 'kmr', 'ckb', 'pl', 'es', 'pt', 'fr', 'en', 'bg', 'ro', 'lt', 'id', 'am']

/** What the school calls things: read by all who translate, written by those who answer for it. */
export function Glossary() {
  const [terms, setTerms] = useState<Term[]>([])
  const [words, setWords] = useState('')
  const [target, setTarget] = useState('')
  const [instead, setInstead] = useState('')
  const [inflects, setInflects] = useState(false)
  const [fault, setFault] = useState('')
  const source = state.value?.school.language ?? 'nl'

  const load = () => ask('glossary', {}).then((list) => setTerms(list.terms), (error: unknown) => setFault(sayError(error)))
  useEffect(() => void load(), [])
  const run = async (work: Promise<unknown>) => {
    try {
      await work
      setFault('')
      await load()
      return true
    } catch (error) {
      setFault(sayError(error))
      return false
    }
  }
  const add = async () => {
    const done = await run(ask('glossary_put', { language: source, words, ...(target ? { target_language: target, instead, inflects } : {}) }))
    if (done) [setWords, setInstead].forEach((set) => set(''))
  }

  return (
    <section class="words">
      <h3>{t('staff.glossary.title')}</h3>
      <p class="fine">{t('staff.glossary.note')}</p>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <ul>
        {terms.map((term) => (
          <li key={term.id}>
            <span>
              <b lang={term.language}><bdi>{term.words}</bdi></b>
              {term.target && <> · {iso(ownName(term.target))}: <bdi lang={term.target}>{term.instead}</bdi></>}
              <span class="sub">{t(term.inflects ? 'staff.glossary.byPeople' : term.target ? 'staff.glossary.replaced' : 'staff.glossary.kept')}</span>
            </span>
            {may('glossary_remove') && (
              <button type="button" class="iconb" aria-label={t('staff.glossary.remove', { words: iso(term.words) })} onClick={() => void run(ask('glossary_remove', { term: term.id }))}>
                <X />
              </button>
            )}
          </li>
        ))}
      </ul>
      {may('glossary_put') && (
        <form
          class="btns"
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <label class="lab">
            {t('staff.glossary.words')}
            <input class="field" lang={source} dir="auto" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
          </label>
          <label class="lab">
            {t('staff.glossary.target')}
            <select class="fil" value={target} onChange={(event) => setTarget(event.currentTarget.value)}>
              <option value="">{t('staff.glossary.everywhere')}</option>
              {TARGETS.map((tag) => <option key={tag} value={tag}>{ownName(tag)}</option>)}
            </select>
          </label>
          {target && (
            <>
              <label class="lab">
                {t('staff.glossary.instead')}
                <input class="field" lang={target} dir="auto" value={instead} onInput={(event) => setInstead(event.currentTarget.value)} />
              </label>
              <label class="tick">
                <input type="checkbox" checked={inflects} onChange={(event) => setInflects(event.currentTarget.checked)} />
                {t('staff.glossary.inflects')}
              </label>
            </>
          )}
          <button type="submit" class="btn go" disabled={!words.trim() || (target !== '' && !instead.trim())}>{t('staff.glossary.add')}</button>
        </form>
      )}
    </section>
  )
}

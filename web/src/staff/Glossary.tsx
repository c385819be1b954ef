import { useEffect, useState } from 'preact/hooks'
import { Pencil, X } from '../pictures/icons.tsx'
import { ask } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import { state } from '../state/store.ts'
import type { Term } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { TermForm, type Draft } from './TermForm.tsx'

const what = (term: Term) => (term.target === term.language ? 'staff.glossary.plainer' : term.inflects ? 'staff.glossary.byPeople' : term.target ? 'staff.glossary.replaced' : 'staff.glossary.kept')

/** What the school calls things, and how it says them plainer: read by all who translate and write, written by those who answer for it. */
export function Glossary() {
  const [terms, setTerms] = useState<Term[]>([])
  const [changing, setChanging] = useState<Term | null>(null)
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
  async function put({ words, target, instead, inflects }: Draft) {
    const done = await run(
      ask('glossary_put', {
        ...(changing ? { term: changing.id } : {}),
        language: changing?.language ?? source,
        words,
        ...(target ? { target_language: target, instead, inflects } : {}),
      }),
    )
    if (done) setChanging(null)
    return done
  }

  return (
    <section class="words" aria-label={t('staff.glossary.title')}>
      <h3>{t('staff.glossary.title')}</h3>
      <p class="fine">{t('staff.glossary.note')}</p>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <ul>
        {terms.map((term) => (
          <li key={term.id}>
            <span>
              <b lang={term.language}><bdi>{term.words}</bdi></b>
              {term.target && <span class="sub"><bdi>{ownName(term.target)}</bdi>: <bdi lang={term.target}>{term.instead}</bdi></span>}
              <span class="sub">{t(what(term))}</span>
            </span>
            <span class="does">
              {may('glossary_put') && (
                <button type="button" class="iconb" aria-label={t('staff.glossary.change', { words: iso(term.words) })} onClick={() => setChanging(term)}>
                  <Pencil />
                </button>
              )}
              {may('glossary_remove') && (
                <button type="button" class="iconb" aria-label={t('staff.glossary.remove', { words: iso(term.words) })} onClick={() => void run(ask('glossary_remove', { term: term.id }))}>
                  <X />
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {may('glossary_put') && <TermForm key={changing?.id ?? 0} term={changing} source={changing?.language ?? source} put={put} stop={() => setChanging(null)} />}
    </section>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { X } from '../pictures/icons.tsx'
import { ask } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import type { Topic, Topics as Told } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, language, t } from '../words/words.ts'

/** Topics on which what a machine made waits for a person, and the words a message is known by. */
export function Topics() {
  const [told, setTold] = useState<Told | null>(null)
  const [open, setOpen] = useState<Topic | ''>('')
  const [words, setWords] = useState('')
  const [of, setOf] = useState(language.value.tag)
  const [fault, setFault] = useState('')

  const run = (work: Promise<Told>) =>
    void work.then(
      (now) => {
        setTold(now)
        setFault('')
        setWords('')
      },
      (error: unknown) => setFault(sayError(error)),
    )
  useEffect(() => run(ask('topics', {})), [])
  const tags = [...new Set([language.value.tag, ...(told?.words ?? []).map((word) => word.language)])].sort((a, b) => ownName(a).localeCompare(ownName(b)))
  const shown = (topic: Topic) => told?.words.filter((word) => word.topic === topic && word.language === of) ?? []

  return (
    <section class="words" aria-label={t('staff.topics.title')}>
      <h3>{t('staff.topics.title')}</h3>
      <p class="fine">{t('staff.topics.note')}</p>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <label class="lab">
        {t('staff.glossary.target')}
        <select class="fil" value={of} onChange={(event) => setOf(event.currentTarget.value)}>
          {tags.map((tag) => <option key={tag} value={tag} lang={tag}>{ownName(tag)}</option>)}
        </select>
      </label>
      {told?.topics.map(({ topic, held }) => (
        <div key={topic} class="topic">
          <label class="tick">
            <input type="checkbox" checked={held === true} disabled={!may('topic_hold')} onChange={(event) => run(ask('topic_hold', { topic, held: event.currentTarget.checked }))} />
            {t(`staff.topic.${topic}`)}
          </label>
          <button type="button" class="lk" aria-expanded={open === topic} onClick={() => setOpen(open === topic ? '' : topic)}>
            {t('staff.topics.words', { count: shown(topic).length })}
          </button>
          {open === topic && (
            <>
              <ul class="tags">
                {shown(topic).map((word) => (
                  <li key={word.id}>
                    <bdi lang={word.language} title={ownName(word.language)}>{word.words}</bdi>
                    {may('topic_word_remove') && (
                      <button type="button" class="iconb" aria-label={t('staff.glossary.remove', { words: iso(word.words) })} onClick={() => run(ask('topic_word_remove', { word: word.id }))}>
                        <X small />
                      </button>
                    )}
                  </li>
                ))}
              </ul>
              {may('topic_word_add') && (
                <form
                  class="btns"
                  onSubmit={(event) => {
                    event.preventDefault()
                    run(ask('topic_word_add', { topic, language: of, words }))
                  }}
                >
                  <label class="lab">
                    {t('staff.topics.add', { language: iso(ownName(of)) })}
                    <input class="field" dir="auto" lang={of} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
                  </label>
                  <button type="submit" class="btn" disabled={!words.trim()}>{t('staff.glossary.add')}</button>
                </form>
              )}
            </>
          )}
        </div>
      ))}
    </section>
  )
}

import { useState } from 'preact/hooks'
import type { Term } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { languages, iso, t } from '../words/words.ts'

export interface Draft {
  words: string
  /** '': it stays as it is, everywhere. The language of the words: a plainer one, for who writes. */
  target: string
  instead: string
  inflects: boolean
}

interface Props {
  /** That is changed; null: a new one. */
  term: Term | null
  source: string
  put: (draft: Draft) => Promise<boolean>
  stop: () => void
}

const NOTHING: Draft = { words: '', target: '', instead: '', inflects: false }

/** One word of the school: what it is, and what a machine, a translator or who writes puts in its place. */
export function TermForm({ term, source, put, stop }: Props) {
  const [draft, setDraft] = useState<Draft>(term ? { words: term.words, target: term.target ?? '', instead: term.instead ?? '', inflects: term.inflects === true } : NOTHING)
  const { words, target, instead, inflects } = draft
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  return (
    <form
      class="btns"
      onSubmit={(event) => {
        event.preventDefault()
        void put({ ...draft, inflects: inflects && target !== source }).then((done) => {
          if (done) setDraft({ ...NOTHING, target })
        })
      }}
    >
      {term && <p class="fine">{t('staff.glossary.change', { words: iso(term.words) })}</p>}
      <label class="lab">
        {t('staff.glossary.words')}
        <input class="field" lang={source} dir="auto" value={words} onInput={(event) => set({ words: event.currentTarget.value })} />
      </label>
      <label class="lab">
        {t('staff.glossary.target')}
        <select class="fil" value={target} onChange={(event) => set({ target: event.currentTarget.value })}>
          <option value="">{t('staff.glossary.everywhere')}</option>
          <option value={source}>{t('staff.glossary.plain', { language: iso(ownName(source)) })}</option>
          {languages.filter(({ tag }) => tag !== source).map(({ tag }) => <option key={tag} value={tag}>{ownName(tag)}</option>)}
        </select>
      </label>
      {target && (
        <label class="lab">
          {t('staff.glossary.instead')}
          <input class="field" lang={target} dir="auto" value={instead} onInput={(event) => set({ instead: event.currentTarget.value })} />
        </label>
      )}
      {target && target !== source && (
        <label class="tick">
          <input type="checkbox" checked={inflects} onChange={(event) => set({ inflects: event.currentTarget.checked })} />
          {t('staff.glossary.inflects')}
        </label>
      )}
      <button type="submit" class="btn go" disabled={!words.trim() || (target !== '' && !instead.trim())}>{t(term ? 'staff.glossary.save' : 'staff.glossary.add')}</button>
      {term && <button type="button" class="btn" onClick={stop}>{t('staff.glossary.stop')}</button>}
    </form>
  )
}

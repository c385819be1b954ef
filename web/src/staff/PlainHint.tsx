import { useEffect, useState } from 'preact/hooks'
import { ownLanguage } from '../app/written.ts'
import { Pencil } from '../pictures/icons.tsx'
import { glossary } from '../state/connection.ts'
import { drafts, setDraft } from '../state/drafts.ts'
import { plainFor, type Hint, type Plain, replaced } from '../words/jargon.ts'
import { t } from '../words/words.ts'

const PAUSE_MS = 500

/** One quiet line under what is written: a long sentence, a school word, idiom, and how to say it plainer. It never stands in the way of sending. */
export function PlainHint({ thread }: { thread: number }) {
  const text = drafts.value[thread] ?? ''
  const [plain, setPlain] = useState<Plain | null>(null)
  const [at, setAt] = useState<{ text: string; hint: Hint } | null>(null)
  const wanted = text !== ''
  const language = ownLanguage()

  useEffect(() => {
    if (!wanted) return
    let current = true
    void plainFor(language, glossary).then((found) => current && setPlain(found))
    return () => {
      current = false
    }
  }, [wanted, language])

  useEffect(() => {
    const timer = setTimeout(() => {
      const hint = plain?.hints(text)[0]
      setAt(hint ? { text, hint } : null)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, plain])

  if (!at || at.text !== text) return <p class="plain" aria-live="polite" />
  const { hint } = at
  const said = text.slice(hint.from, hint.to)
  const field = () => document.querySelector<HTMLTextAreaElement>('.wbox textarea')
  return (
    <p class="plain" aria-live="polite">
      <button
        type="button"
        class="plain-b"
        onClick={() => {
          // A word is put in; how a sentence or a saying goes otherwise is for who writes it.
          if (hint.kind === 'jargon') setDraft(thread, replaced(text, hint))
          field()?.focus()
          if (hint.kind !== 'jargon') field()?.setSelectionRange(hint.from, hint.to)
        }}
      >
        <Pencil small />
        <span>{hint.kind === 'long' ? t('plain.long') : t(`plain.${hint.kind}`, { said, instead: hint.instead ?? '' })}</span>
      </button>
    </p>
  )
}

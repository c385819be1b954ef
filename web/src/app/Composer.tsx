import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Send } from '../pictures/icons.tsx'
import { drafts, setDraft } from '../state/drafts.ts'
import { sayTyping, send } from '../state/connection.ts'
import { language, t } from '../words/words.ts'
import { ownLanguage, typedDir } from './written.ts'

const IME_KEY = 229

/** Where one writes. Nothing typed is ever lost: it is a draft until it is in the outbox. */
export function Composer({ thread, enterSends = false, before }: { thread: number; enterSends?: boolean; before?: ComponentChildren }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const text = drafts.value[thread] ?? ''

  function grow() {
    const box = field.current
    if (!box) return
    box.style.blockSize = 'auto'
    box.style.blockSize = `${Math.min(box.scrollHeight + 3, 200)}px`
  }
  useEffect(grow, [text])

  function submit() {
    const body = text.trim()
    if (!body) return
    setDraft(thread, '')
    send(thread, body, ownLanguage())
    field.current?.focus()
  }

  return (
    <form
      class="compose"
      aria-label={t('compose.placeholder')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {before}
      <textarea
        ref={field}
        class="field"
        rows={1}
        dir={typedDir(text)}
        lang={language.value.tag}
        value={text}
        placeholder={t('compose.placeholder')}
        aria-label={t('compose.placeholder')}
        onInput={(event) => {
          setDraft(thread, event.currentTarget.value)
          sayTyping(thread)
        }}
        onKeyDown={(event) => {
          if (!enterSends || event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === IME_KEY) return
          event.preventDefault()
          submit()
        }}
      />
      <button type="submit" class="tool go" disabled={!text.trim()}>
        <span class="ic"><Send /></span>
        {t('compose.send')}
      </button>
    </form>
  )
}

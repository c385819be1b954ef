import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Add, Mic, Send } from '../pictures/icons.tsx'
import { drafts, setDraft } from '../state/drafts.ts'
import { sayTyping, send } from '../state/connection.ts'
import { draftOf, getParcel } from '../state/parcels.ts'
import { conversationOf, me } from '../state/store.ts'
import { language, t } from '../words/words.ts'
import { AskVoice, canRecord, Plus, Recorder, voiceStands } from './media.tsx'
import { ownLanguage, typedDir } from './written.ts'

const IME_KEY = 229

/** Where one writes. Nothing typed is ever lost: it is a draft until it is in the outbox. */
export function Composer({ thread, enterSends = false, before }: { thread: number; enterSends?: boolean; before?: ComponentChildren }) {
  const box = useRef<HTMLTextAreaElement>(null)
  const text = drafts.value[thread] ?? ''
  const [open, setOpen] = useState<'plus' | 'voice' | 'ask' | ''>('')
  const of = conversationOf(thread)?.thread
  const person = me.value?.id ?? 0

  // A recording that was not sent yet is there again.
  useEffect(() => {
    let gone = false
    void getParcel(draftOf(person, thread)).then((kept) => {
      if (kept && !gone) setOpen('voice')
    })
    return () => {
      gone = true
    }
  }, [person, thread])

  function grow() {
    const area = box.current
    if (!area) return
    area.style.blockSize = 'auto'
    area.style.blockSize = `${Math.min(area.scrollHeight + 3, 200)}px`
  }
  useEffect(grow, [text])

  function submit() {
    const body = text.trim()
    if (!body) return
    setDraft(thread, '')
    send(thread, body, ownLanguage())
    box.current?.focus()
  }

  if (open === 'voice') return <Recorder key={thread} thread={thread} done={() => setOpen('')} />
  const mic = canRecord() && of !== undefined && (enterSends || !text.trim())
  // At school the words have a row of their own.
  const tools = (
    <>
      {before}
      <button type="button" class="tool" aria-haspopup="dialog" onClick={() => setOpen('plus')}>
        <span class="ic"><Add /></span>
        {t('compose.more')}
      </button>
    </>
  )
  const field = (
    <textarea
      ref={box}
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
  )
  return (
    <>
      <form
        class="compose"
        aria-label={t('compose.placeholder')}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {enterSends ? <>{field}{tools}</> : <>{tools}{field}</>}
        {mic && (
          <button type="button" class={enterSends ? 'tool' : 'tool go'} onClick={() => setOpen(voiceStands(of) ? 'voice' : 'ask')}>
            <span class="ic"><Mic /></span>
            {t('compose.voice')}
          </button>
        )}
        {(enterSends || !mic) && (
          <button type="submit" class="tool go" disabled={!text.trim()}>
            <span class="ic"><Send /></span>
            {t('compose.send')}
          </button>
        )}
      </form>
      {open === 'plus' && <Plus thread={thread} close={() => setOpen('')} />}
      {open === 'ask' && of && <AskVoice thread={of} agreed={() => setOpen('voice')} close={() => setOpen('')} />}
    </>
  )
}

import { useState } from 'preact/hooks'
import { canRecord } from '../app/media.tsx'
import { setDraft, drafts } from '../state/drafts.ts'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import { Languages, Mic, Pencil, UserPlus } from '../pictures/icons.tsx'
import type { Message, Thread } from '../wire/protocol.ts'
import { sameLanguage, shownTo } from '../words/shown.ts'
import { t } from '../words/words.ts'
import { AddVersion } from './AddVersion.tsx'
import { BringIn } from './BringIn.tsx'
import { familyMembers } from './needs.ts'
import { SayIt } from './SayIt.tsx'

/** Languages the family speaks or reads in which the message is not there yet. */
export function otherLanguages(message: Message, thread: Thread): string[] {
  const there = [message.language, ...message.versions.map(({ language }) => language)]
  const theirs = familyMembers(thread).flatMap(({ person }) => [...person.speaks, ...(person.reads ?? [])])
  const found: string[] = []
  for (const tag of theirs) if (![...there, ...found].some((known) => sameLanguage(known, tag))) found.push(tag)
  return found
}

/** Somebody did not understand: what whoever wrote it can do now. Nobody of the family is told that there is a choice. */
export function Offers({ message, thread }: { message: Message; thread: Thread }) {
  const [open, setOpen] = useState<'language' | 'voice' | 'bring' | ''>('')
  const own = message.sender === me.value?.id
  const languages = otherLanguages(message, thread)

  /** The text once more where one writes, to be said in simpler words; what is half written there stays. */
  function simpler() {
    const body = shownTo(message, message.language)?.body
    if (body && !drafts.value[thread.id]?.trim()) setDraft(thread.id, body)
    document.querySelector<HTMLTextAreaElement>('.wbox textarea')?.focus()
  }

  return (
    <div class="offers" role="group" aria-label={t('offers.title')}>
      {own && <button type="button" class="lk" onClick={simpler}><Pencil small />{t('offers.simpler')}</button>}
      {own && languages.length > 0 && (
        <button type="button" class="lk" aria-haspopup="dialog" onClick={() => setOpen('language')}><Languages small />{t('offers.language')}</button>
      )}
      {own && canRecord() && <button type="button" class="lk" aria-haspopup="dialog" onClick={() => setOpen('voice')}><Mic small />{t('offers.voice')}</button>}
      {may('bring') && <button type="button" class="lk" aria-haspopup="dialog" onClick={() => setOpen('bring')}><UserPlus small />{t('offers.coach')}</button>}
      {open === 'language' && <AddVersion message={message} thread={thread} begin={{ language: languages[0] ?? '', body: '' }} close={() => setOpen('')} />}
      {open === 'voice' && <SayIt message={message} thread={thread} close={() => setOpen('')} />}
      {open === 'bring' && <BringIn thread={thread} close={() => setOpen('')} />}
    </div>
  )
}

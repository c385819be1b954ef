import { useState } from 'preact/hooks'
import { Hourglass, TriangleAlert } from '../pictures/icons.tsx'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { Message, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import type { Shown } from '../words/shown.ts'
import { iso, t } from '../words/words.ts'
import { AddVersion } from './AddVersion.tsx'
import { Check } from './Check.tsx'

/** The languages that a message is not in yet, and what somebody can do about each. */
export function Waiting({ message, thread }: { message: Message; thread: Thread }) {
  const [open, setOpen] = useState('')
  const own = message.sender === me.value?.id
  return (
    <>
      {(message.untranslated ?? []).map(({ language, state }) => {
        const held = state === 'held'
        const name = iso(ownName(language))
        return (
          <footer key={language} class="ans wait">
            <span class="wp ic">{held ? <Hourglass /> : <TriangleAlert />}</span>
            <span>{t(held ? (own ? 'staff.heldOwn' : 'staff.heldOther') : 'staff.failedVersion', { language: name })}</span>
            {held && may('held', own) && <button type="button" class="lk" onClick={() => setOpen(language)}>{t('staff.look')}</button>}
            {!held && may('version', own) && <button type="button" class="lk" onClick={() => setOpen(language)}>{t('staff.addVersion')}</button>}
            {open === language && held && <Check message={message} thread={thread} language={language} close={() => setOpen('')} />}
            {open === language && !held && <AddVersion message={message} thread={thread} begin={{ language, body: '' }} close={() => setOpen('')} />}
          </footer>
        )
      })}
    </>
  )
}

/** Under a machine's words that nobody has looked at: for those who can. */
export function Unchecked({ message, thread, shown }: { message: Message; thread: Thread; shown: Shown }) {
  const [open, setOpen] = useState(false)
  if (shown.origin !== 'machine' || shown.checked_by !== undefined || shown.n === undefined || !may('check_version')) return null
  const version = { body: shown.body, language: shown.language, direction: shown.direction, n: shown.n }
  return (
    <footer>
      <button type="button" class="lk" onClick={() => setOpen(true)}>{t('staff.checkTitle')}</button>
      {open && <Check message={message} thread={thread} version={version} language={shown.language} close={() => setOpen(false)} />}
    </footer>
  )
}

import { useState } from 'preact/hooks'
import { waits } from '../app/consents.ts'
import { Sheet } from '../app/Sheet.tsx'
import { canSay, sayAloud } from '../app/aloud.ts'
import { ConsentPicture } from '../pictures/consents.tsx'
import { Check, Volume } from '../pictures/icons.tsx'
import { askConsent, giveConsent } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import type { Thread } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { language, t, wordsShown } from '../words/words.ts'

/** Voices are kept only when the family agrees: before the first one, it is asked. */
export function AskVoice({ thread, agreed, close }: { thread: Thread; agreed: () => void; close: () => void }) {
  const [fault, setFault] = useState('')
  const asked = thread.consents.some((consent) => consent.kind === 'voice' && waits(consent))
  const asks = t(may('consent_give') ? 'voice.askYou' : 'voice.askFirst')
  const give = () => {
    giveConsent({ thread: thread.id, language: language.value.tag, ...(wordsShown.value ? { words: wordsShown.value } : {}) }).then(agreed, (error: unknown) => setFault(sayError(error)))
  }

  return (
    <Sheet title={t('compose.voice')} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <p class="ask"><span class="pic"><ConsentPicture kind="voice" /></span><span>{asks}</span></p>
      {canSay(language.value.tag) && <button type="button" class="act" onClick={() => sayAloud(asks, language.value.tag)}><Volume />{t('message.listen')}</button>}
      <div class="btns">
        {asked && !may('consent_give') && <p class="fine" role="status">{t('voice.asked')}</p>}
        {!asked && may('consent_ask') && (
          <button type="button" class="btn go" onClick={() => askConsent({ thread: thread.id, kind: 'voice' }).catch((error: unknown) => setFault(sayError(error)))}>
            {t('voice.ask')}
          </button>
        )}
        {may('consent_give') && (
          <button type="button" class="btn go" onClick={give}>
            <Check />
            {t('consent.yes')}
          </button>
        )}
        {!asked && !may('consent_ask') && !may('consent_give') && <p class="fine">{t('voice.askSchool')}</p>}
        <button type="button" class="btn" onClick={close}>{t('close')}</button>
      </div>
    </Sheet>
  )
}

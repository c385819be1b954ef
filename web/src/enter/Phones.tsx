import './enter.css'
import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { isFamily } from '../state/apply.ts'
import { endAndForget } from '../state/connection.ts'
import { phonesOpen } from '../state/papers.ts'
import { me } from '../state/store.ts'
import type { Invitation } from '../wire/protocol.ts'
import { secondDevice } from '../wire/session.ts'
import { short } from '../words/dates.ts'
import { t } from '../words/words.ts'
import { Smartphone } from './pictures.tsx'
import { Pin } from './Pin.tsx'
import { Qr } from './Qr.tsx'
import { OwnSessions } from './Sessions.tsx'

/** Where I am signed in, a second phone, and being forgotten on this one. */
export function Phones() {
  const close = () => {
    phonesOpen.value = false
  }
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<Invitation | null>(null)
  const family = me.value && isFamily(me.value)
  if (made)
    return (
      <Sheet title={t('phones.scan')} close={close}>
        <div class="btns">
          <Qr size={made.size} modules={made.modules} label={t('paper.square')} />
          <output class="big-code" dir="ltr">{made.code}</output>
          <p class="fine">{t('phones.until', { until: short(made.until) })}</p>
        </div>
      </Sheet>
    )
  if (adding)
    return (
      <Sheet title={t('phones.add')} close={close}>
        <div class="pin-ask">
          <Pin choose={false} enter={async (pin) => setMade(await secondDevice(pin))} />
        </div>
      </Sheet>
    )
  return (
    <Sheet title={t('phones.title')} close={close}>
      <div class="btns">
        <OwnSessions />
        {family && (
          <>
            <button type="button" class="btn" onClick={() => setAdding(true)}>
              <Smartphone />
              {t('phones.add')}
            </button>
            <button type="button" class="btn soft" onClick={() => void endAndForget()}>{t('phones.forget')}</button>
            <p class="fine">{t('phones.forgetNote')}</p>
          </>
        )}
      </div>
    </Sheet>
  )
}

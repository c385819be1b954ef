import './enter.css'
import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Copy } from '../pictures/icons.tsx'
import { invite } from '../state/connection.ts'
import { showPapers } from '../state/show.ts'
import type { InvitationList, Person } from '../wire/protocol.ts'
import { full } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'
import { Printer } from './pictures.tsx'
import { Qr } from './Qr.tsx'
import { SessionsOf } from './Sessions.tsx'

/** An invitation for one person: made when asked, shown and printed once, kept nowhere. And where they are signed in. */
export function InviteSheet({ person, close }: { person: Person; close: () => void }) {
  const [made, setMade] = useState<InvitationList | null>(null)
  const [copied, setCopied] = useState(false)
  const [fault, setFault] = useState('')
  const one = made?.invitations[0]
  return (
    <Sheet title={t('invite.for', { name: iso(person.name) })} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      {made && one ? (
        <div class="btns">
          <Qr size={one.size} modules={one.modules} label={t('paper.square')} />
          <output class="big-code" dir="ltr">{one.code}</output>
          <p class="fine">{t('invite.note', { until: full(one.until) })}</p>
          <button type="button" class="btn go" onClick={() => showPapers(made)}>
            <Printer />
            {t('papers.print')}
          </button>
          <button type="button" class="btn" onClick={() => void navigator.clipboard.writeText(one.link).then(() => setCopied(true), () => setFault(t('admin.copyFailed')))}>
            <Copy />
            {t(copied ? 'admin.copied' : 'invite.copy')}
          </button>
        </div>
      ) : (
        <>
          <div class="btns">
            <p class="fine">{t('invite.about')}</p>
            <button type="button" class="btn go" onClick={() => invite(person.id).then(setMade, (error: unknown) => setFault(sayError(error)))}>
              {t('invite.make')}
            </button>
          </div>
          <SessionsOf person={person.id} />
        </>
      )}
    </Sheet>
  )
}

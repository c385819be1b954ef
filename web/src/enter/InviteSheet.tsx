import './enter.css'
import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Copy } from '../pictures/icons.tsx'
import { invite } from '../state/connection.ts'
import { showPapers } from '../state/show.ts'
import type { InvitationList, Person } from '../wire/protocol.ts'
import { WireError } from '../wire/socket.ts'
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
  const [elsewhere, setElsewhere] = useState(false)
  const one = made?.invitations[0]
  const make = () => invite(person.id, elsewhere).then(
    (list) => {
      setMade(list)
      setFault('')
    },
    (error: unknown) => {
      setFault(sayError(error))
      setElsewhere(error instanceof WireError && error.problem.reason === 'provider')
    },
  )
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
            <button type="button" class={elsewhere ? 'btn' : 'btn go'} onClick={() => void make()}>{t(elsewhere ? 'invite.anyway' : 'invite.make')}</button>
          </div>
          <SessionsOf person={person.id} />
        </>
      )}
    </Sheet>
  )
}

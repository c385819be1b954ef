import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { Copy, Link } from '../pictures/icons.tsx'
import { makeLink } from '../state/connection.ts'
import type { LinkMade, RollEntry } from '../wire/protocol.ts'
import { full } from '../words/dates.ts'
import { sayError } from '../words/problem.ts'
import { iso, t } from '../words/words.ts'

/** A sign-in link for one person: made when asked, shown once, kept nowhere. */
export function LinkSheet({ entry, close }: { entry: RollEntry; close: () => void }) {
  const [made, setMade] = useState<LinkMade | null>(null)
  const [copied, setCopied] = useState(false)
  const [fault, setFault] = useState('')
  return (
    <Sheet title={t('admin.linkFor', { name: iso(entry.person.name) })} close={close}>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="btns">
        {made ? (
          <>
            <output class="link ltr">{made.link}</output>
            <p class="fine">{t('admin.linkNote', { until: full(made.until) })}</p>
            <button type="button" class="btn go" onClick={() => void navigator.clipboard.writeText(made.link).then(() => setCopied(true), () => setFault(t('admin.copyFailed')))}>
              <Copy />
              {t(copied ? 'admin.copied' : 'admin.copy')}
            </button>
          </>
        ) : (
          <>
            <p class="fine">{t('admin.linkAbout')}</p>
            <button type="button" class="btn go" onClick={() => makeLink(entry.person.id).then(setMade, (error: unknown) => setFault(sayError(error)))}>
              <Link />
              {t('admin.makeLink')}
            </button>
          </>
        )}
      </div>
    </Sheet>
  )
}

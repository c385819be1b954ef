import './enter.css'
import { useEffect, useState } from 'preact/hooks'
import { classes, inviteClass } from '../state/connection.ts'
import { showPapers } from '../state/show.ts'
import { line } from '../state/store.ts'
import type { ClassEntry } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'
import { Printer } from './pictures.tsx'

const FEW = 3

/** The classes one may invite, with who never signed in: a page for each of those families. */
export function Classes() {
  const [list, setList] = useState<readonly ClassEntry[]>([])
  const [fault, setFault] = useState('')

  useEffect(() => {
    if (line.value === 'live') classes().then((found) => setList(found.classes), (error: unknown) => setFault(sayError(error)))
  }, [line.value])

  const waiting = list.filter((entry) => entry.waiting > 0)
  if (waiting.length === 0 && !fault) return null
  return (
    // A mentor's one or two classes stand open; those of a whole school would push everything else off the screen.
    <details class="invite-fold" open={waiting.length <= FEW}>
      <summary><h2>{t('invite.classes')}</h2></summary>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <ul class="invite-classes">
        {waiting.map((entry) => (
          <li key={entry.class.id}>
            <button type="button" class="btn" onClick={() => inviteClass(entry.class.id).then(showPapers, (error: unknown) => setFault(sayError(error)))}>
              <Printer />
              <span>{t('invite.class', { class: entry.class.name, count: entry.waiting })}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

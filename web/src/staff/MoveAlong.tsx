import { useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { typedDir } from '../app/written.ts'
import { ConsentPicture } from '../pictures/consents.tsx'
import { askConsent } from '../state/connection.ts'
import type { ConsentKind, Thread } from '../wire/protocol.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'

const items = ['move_people', 'move_conversation', 'move_files', 'move_answers', 'move_agreed'] as const satisfies readonly ConsentKind[]

/** Asks a family that leaves what may go along to its next school: each item is a question of its own. */
export function MoveAlong({ thread, close }: { thread: Thread; close: () => void }) {
  const free = items.filter((kind) => !thread.consents.some((consent) => consent.kind === kind && consent.end === undefined))
  const [school, setSchool] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<ConsentKind>>(new Set(free))
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)

  // One after the other: where one fails, those before it stand, and the sheet shows what is left.
  const ask = async () => {
    setBusy(true)
    try {
      for (const kind of free.filter((item) => chosen.has(item))) await askConsent({ thread: thread.id, kind, why: school.trim() })
      close()
    } catch (error) {
      setFault(sayError(error))
      setBusy(false)
    }
  }
  const flip = (kind: ConsentKind) => {
    const next = new Set(chosen)
    if (!next.delete(kind)) next.add(kind)
    setChosen(next)
  }

  return (
    <Sheet title={t('staff.move')} close={close}>
      <p class="fine">{t('staff.move.text')}</p>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <form
        class="btns"
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <label>
          <span class="lab">{t('staff.move.school')}</span>
          <input class="field" dir={typedDir(school)} value={school} maxLength={100} required onInput={(event) => setSchool(event.currentTarget.value)} />
        </label>
        <div class="picks">
          {free.map((kind) => (
            <label key={kind} class={chosen.has(kind) ? 'pick on' : 'pick'}>
              <input type="checkbox" checked={chosen.has(kind)} onChange={() => flip(kind)} />
              <ConsentPicture kind={kind} />
              <span class="d"><b>{t(`staff.consent.subject.${kind}`)}</b></span>
            </label>
          ))}
        </div>
        <button type="submit" class="btn go" disabled={busy || school.trim() === '' || chosen.size === 0}>{t('staff.move.ask')}</button>
      </form>
    </Sheet>
  )
}

import { ownLanguage } from '../app/written.ts'
import { sendParcels } from '../state/connection.ts'
import { draftOf, putParcel, type Kept } from '../state/parcels.ts'
import { me } from '../state/store.ts'
import { uuid7 } from '../state/uuid.ts'
import { t } from '../words/words.ts'
import { Record } from './Record.tsx'
// What waits is shown by this, also where the line is gone by then.
import './Sending.tsx'

interface Props {
  thread: number
  /** A spoken translation of this message, in this language. */
  of?: number
  language?: string
  /** It was sent, or thrown away. */
  done: (sent: boolean) => void
}

/** A voice message. */
export function Recorder({ thread, of, language = ownLanguage(), done }: Props) {
  const person = me.value?.id ?? 0

  async function send({ blob, peaks = '', duration_ms = 0 }: Kept) {
    const id = uuid7()
    await putParcel({ id, person, blob })
    sendParcels(thread, [{ id, kind: 'voice', bytes: blob.size, peaks, duration_ms }], language, of)
  }

  return <Record draft={draftOf(person, thread, of)} word={t('compose.send')} keep={send} done={done} />
}

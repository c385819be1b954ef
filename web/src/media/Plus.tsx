import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Sheet } from '../app/Sheet.tsx'
import { ownLanguage } from '../app/written.ts'
import { Send, X } from '../pictures/icons.tsx'
import { sendParcels } from '../state/connection.ts'
import type { Parcel } from '../state/outbox.ts'
import { putParcel } from '../state/parcels.ts'
import { me } from '../state/store.ts'
import { uuid7 } from '../state/uuid.ts'
import { t } from '../words/words.ts'
import { Camera, Paper, Picture } from './pictures.tsx'
import { shrink } from './shrink.ts'
// What waits is shown by this, also where the line is gone by then.
import './Sending.tsx'
import './media.css'

/** As many as one message takes. */
const MOST = 8

interface Chosen {
  id: string
  blob: Blob
  /** Of a photo: where this page shows it. */
  address?: string
  name?: string
}

function Way({ Icon, word, accept, capture, many, take }: { Icon: typeof Camera; word: string; accept: string; capture?: boolean; many?: boolean; take: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="tile way" onClick={() => input.current?.click()}>
        <Icon />
        <span>{word}</span>
      </button>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept={accept}
        multiple={many ?? false}
        {...(capture ? { capture: 'environment' } : {})}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

/** What one can send besides words: a picture for each. What is chosen is shown before it goes. */
export function Plus({ thread, close, children }: { thread: number; close: () => void; children?: ComponentChildren }) {
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const [busy, setBusy] = useState(false)
  const shown = useRef<readonly Chosen[]>([])
  shown.current = chosen
  useEffect(() => () => shown.current.forEach(({ address }) => address && URL.revokeObjectURL(address)), [])

  async function take(files: readonly File[]) {
    setBusy(true)
    for (const file of files.slice(0, MOST - shown.current.length)) {
      const isPhoto = file.type.startsWith('image/')
      const blob = isPhoto ? await shrink(file) : file
      const one = { id: uuid7(), blob, ...(isPhoto ? { address: URL.createObjectURL(blob) } : { name: file.name }) }
      setChosen((before) => [...before, one])
    }
    setBusy(false)
  }

  async function go() {
    setBusy(true)
    const person = me.value?.id ?? 0
    const parcels: Parcel[] = []
    for (const { id, blob, name } of chosen) {
      await putParcel({ id, person, blob })
      parcels.push({ id, kind: name === undefined ? 'photo' : 'document', bytes: blob.size, ...(name === undefined ? {} : { name }) })
    }
    sendParcels(thread, parcels, ownLanguage())
    close()
  }

  return (
    <Sheet title={t('plus.title')} close={close}>
      {chosen.length > 0 && (
        <ul class="chosen">
          {chosen.map(({ id, address, name }, i) => (
            <li key={id}>
              {address ? <img class="small" src={address} alt={t('photo.chosen', { n: i + 1 })} /> : <p class="doc"><Paper /><b dir="auto">{name}</b></p>}
              <button type="button" class="close" aria-label={t('plus.away', { n: i + 1 })} onClick={() => setChosen(chosen.filter((one) => one.id !== id))}><X /></button>
            </li>
          ))}
        </ul>
      )}
      {busy && <p class="fine" role="status">{t('plus.busy')}</p>}
      {chosen.length > 0 && (
        <button type="button" class="btn go wide" disabled={busy} onClick={() => void go()}>
          <Send />
          {t('compose.send')}
        </button>
      )}
      <div class="ways">
        {chosen.length === 0 && children}
        <Way Icon={Camera} word={t('plus.camera')} accept="image/*" capture take={(files) => void take(files)} />
        <Way Icon={Picture} word={t('plus.photo')} accept="image/*" many take={(files) => void take(files)} />
        <Way Icon={Paper} word={t('plus.document')} accept="application/pdf" many take={(files) => void take(files)} />
      </div>
    </Sheet>
  )
}

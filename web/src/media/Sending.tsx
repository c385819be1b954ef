import { useEffect, useState } from 'preact/hooks'
import { going, type Parcel } from '../state/outbox.ts'
import { getParcel } from '../state/parcels.ts'
import { t } from '../words/words.ts'
import { Paper, Picture } from './pictures.tsx'
import { Player } from './Player.tsx'
import { clock, percent } from './times.ts'
import './media.css'

/** The bytes of a parcel as an address that this page can show. */
function useAddress(id: string): string {
  const [address, setAddress] = useState('')
  useEffect(() => {
    let made = ''
    let gone = false
    void getParcel(id).then((parcel) => {
      if (!parcel || gone) return
      made = URL.createObjectURL(parcel.blob)
      setAddress(made)
    })
    return () => {
      gone = true
      URL.revokeObjectURL(made)
    }
  }, [id])
  return address
}

function One({ parcel }: { parcel: Parcel }) {
  const address = useAddress(parcel.id)
  const part = going.value[parcel.id]
  return (
    <div class="going">
      {parcel.kind === 'voice' && <Player src={address} peaks={parcel.peaks} duration_ms={parcel.duration_ms} label={t('voice.own', { time: clock((parcel.duration_ms ?? 0) / 1000) })} />}
      {parcel.kind === 'photo' && (address ? <img class="small" src={address} alt={t('photo.own')} /> : <Picture label={t('photo.own')} />)}
      {parcel.kind === 'document' && <p class="doc"><Paper /><b dir="auto">{parcel.name}</b></p>}
      {part !== undefined && <progress value={part} max={1} aria-label={t('file.going', { percent: percent(part) })} />}
    </div>
  )
}

/** What is on its way with a message that is not sent yet. */
export function Sending({ parcels }: { parcels: readonly Parcel[] }) {
  return <div class="attached">{parcels.map((parcel) => <One key={parcel.id} parcel={parcel} />)}</div>
}

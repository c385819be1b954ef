import { useEffect, useRef, useState } from 'preact/hooks'
import { hush } from '../app/voice.ts'
import { ownLanguage } from '../app/written.ts'
import { Send, Stop, TriangleAlert } from '../pictures/icons.tsx'
import { sendParcels } from '../state/connection.ts'
import { draftOf, dropParcel, getParcel, putParcel, type Kept } from '../state/parcels.ts'
import { me } from '../state/store.ts'
import { uuid7 } from '../state/uuid.ts'
import { t } from '../words/words.ts'
import { Trash } from './pictures.tsx'
import { Player } from './Player.tsx'
import { Recording, type Recorded } from './recording.ts'
import { clock } from './times.ts'
// What waits is shown by this, also where the line is gone by then.
import './Sending.tsx'
import './media.css'

const BARS = 24

interface Props {
  thread: number
  /** A spoken translation of this message, in this language. */
  of?: number
  language?: string
  /** It was sent, or thrown away. */
  done: (sent: boolean) => void
}

/** Records in one press (the one that opened it), is heard before it goes, and is kept from the first second: a page that is closed brings it back. */
export function Recorder({ thread, of, language = ownLanguage(), done }: Props) {
  const person = me.value?.id ?? 0
  const draft = draftOf(person, thread, of)
  const [recording, setRecording] = useState<Recording | null>(null)
  const [made, setMade] = useState<Kept | null>(null)
  const [address, setAddress] = useState('')
  const [refused, setRefused] = useState(false)
  const [lasts, setLasts] = useState(0)
  const [levels, setLevels] = useState<readonly number[]>(Array.from({ length: BARS }, () => 0))
  const ready = useRef<HTMLButtonElement>(null)
  const next = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    let gone = false
    let now: Recording | null = null
    const keep = (recorded: Recorded) => {
      const kept = { id: draft, person, ...recorded }
      return putParcel(kept).then(() => kept)
    }
    hush()
    void (async () => {
      const before = await getParcel(draft)
      if (gone) return
      if (before) {
        setMade(before)
        return
      }
      try {
        now = await Recording.start()
      } catch {
        setRefused(true)
        return
      }
      if (gone) {
        now.drop()
        return
      }
      now.level = (loud, ms) => {
        setLasts(ms)
        setLevels((old) => [...old.slice(1), loud])
      }
      now.sofar = (recorded) => void keep(recorded)
      now.ended = (recorded) => {
        setRecording(null)
        void keep(recorded).then((kept) => {
          if (!gone) setMade(kept)
        })
      }
      setRecording(now)
    })()
    return () => {
      gone = true
      // Whoever goes elsewhere finds it again.
      now?.stop()
    }
  }, [draft])

  useEffect(() => {
    if (!made) return undefined
    const url = URL.createObjectURL(made.blob)
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [made])
  useEffect(() => (recording ? ready : next).current?.focus(), [recording, made])

  function away() {
    recording?.drop()
    hush()
    void dropParcel(draft).then(() => done(false))
  }

  async function go() {
    if (!made) return
    hush()
    const { blob, peaks = '', duration_ms = 0 } = made
    const id = uuid7()
    await putParcel({ id, person, blob })
    sendParcels(thread, [{ id, kind: 'voice', bytes: blob.size, peaks, duration_ms }], language, of)
    await dropParcel(draft)
    done(true)
  }

  return (
    <section class="compose record" aria-label={t('compose.voice')}>
      <button type="button" class="tool" onClick={away}>
        <span class="ic"><Trash /></span>
        {t('voice.away')}
      </button>
      {refused && <p class="rec-t" role="alert"><TriangleAlert /> {t('voice.refused')}</p>}
      {recording && (
        <>
          <div class="rec">
            <span class="levels" dir="ltr" aria-hidden="true">
              {levels.map((loud, i) => <Level key={i} loud={loud} />)}
            </span>
            <span class="rec-t"><span class="dot" aria-hidden="true" /> <span class="ltr">{clock(lasts / 1000)}</span></span>
            <span class="visually-hidden" role="status">{t('voice.recording')}</span>
          </div>
          <button type="button" class="tool go" ref={ready} onClick={() => recording.stop()}>
            <span class="ic"><Stop /></span>
            {t('voice.stop')}
          </button>
        </>
      )}
      {!recording && !made && !refused && <p class="rec-t" role="status">{t('voice.begin')}</p>}
      {made && !recording && (
        <>
          <div class="rec">{address && <Player src={address} peaks={made.peaks} duration_ms={made.duration_ms} label={t('voice.own', { time: clock((made.duration_ms ?? 0) / 1000) })} />}</div>
          <button type="button" class="tool go" ref={next} onClick={() => void go()}>
            <span class="ic"><Send /></span>
            {t('compose.send')}
          </button>
        </>
      )}
    </section>
  )
}

function Level({ loud }: { loud: number }) {
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    if (bar.current) bar.current.style.blockSize = `${Math.max(8, Math.min(100, loud * 140))}%`
  }, [loud])
  return <i ref={bar} />
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { hush } from '../app/voice.ts'
import { Send, Stop, TriangleAlert } from '../pictures/icons.tsx'
import { dropParcel, getParcel, putParcel, type Kept } from '../state/parcels.ts'
import { me } from '../state/store.ts'
import { t } from '../words/words.ts'
import { Trash } from './pictures.tsx'
import { Player } from './Player.tsx'
import { Recording, type Recorded } from './recording.ts'
import { clock } from './times.ts'
import './media.css'

const BARS = 24

interface Props {
  /** Under this name it is kept until it is sent or thrown away. */
  draft: string
  /** On the button that takes it. */
  word: string
  /** Takes it; it is kept here until then, and where this rejects: the caller says why. */
  keep: (made: Kept) => Promise<void>
  /** It was taken, or thrown away. */
  done: (taken: boolean) => void
}

/** Records in one press (the one that opened it), is heard before it goes, and is kept from the first second: a page that is closed brings it back. */
export function Record({ draft, word, keep: take, done }: Props) {
  const person = me.value?.id ?? 0
  const [recording, setRecording] = useState<Recording | null>(null)
  const [made, setMade] = useState<Kept | null>(null)
  const [address, setAddress] = useState('')
  const [refused, setRefused] = useState(false)
  const [busy, setBusy] = useState(false)
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
    if (!made || busy) return
    hush()
    setBusy(true)
    try {
      await take(made)
    } catch {
      setBusy(false)
      return
    }
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
          <button type="button" class="tool go" ref={next} aria-busy={busy} onClick={() => void go()}>
            <span class="ic"><Send /></span>
            {word}
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

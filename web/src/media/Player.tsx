import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { begin, hush, over } from '../app/voice.ts'
import { TriangleAlert } from '../pictures/icons.tsx'
import { language, t } from '../words/words.ts'
import { Pause, Play } from './pictures.tsx'
import { readPeaks } from './peaks.ts'
import { clock, number } from './times.ts'
import './media.css'

const RATES = [1, 1.5, 0.75]
const BARS = 40
const WIDE = 4
const HIGH = 32

interface Props {
  src: string
  peaks: string | undefined
  duration_ms: number | undefined
  /** Says it to a screen reader. */
  label: string
}

/** A voice message: play, a waveform that is a slider too, and how fast. Time runs from left to right in every language, as on the buttons of every player: nothing here mirrors. */
export function Player({ src, peaks, duration_ms, label }: Props) {
  const sound = useRef<HTMLAudioElement | null>(null)
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [rate, setRate] = useState(1)
  const [fault, setFault] = useState(false)
  const bars = useMemo(() => readPeaks(peaks, BARS), [peaks])
  const lasts = Math.max(0.1, (duration_ms ?? 0) / 1000)
  const what = `voice ${src}`

  useEffect(
    () => () => {
      sound.current?.pause()
      sound.current = null
      over(what)
    },
    [src],
  )

  function audio(): HTMLAudioElement {
    if (sound.current) return sound.current
    const made = new Audio()
    made.preload = 'auto'
    made.ontimeupdate = () => setAt(made.currentTime)
    made.onplaying = () => setPlaying(true)
    made.onpause = () => setPlaying(false)
    made.onended = () => {
      setPlaying(false)
      setAt(0)
      made.currentTime = 0
      over(what)
    }
    made.onerror = () => {
      setPlaying(false)
      setFault(true)
      over(what)
    }
    made.src = src
    sound.current = made
    return made
  }

  function toggle() {
    const it = audio()
    setFault(false)
    if (playing) {
      hush()
      return
    }
    begin(what, () => it.pause())
    if (it.error) it.load()
    if (at > 0 && at < lasts) it.currentTime = at
    it.playbackRate = rate
    it.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') return
      setFault(true)
      over(what)
    })
  }

  function faster() {
    const next = RATES[(RATES.indexOf(rate) + 1) % RATES.length] ?? 1
    setRate(next)
    if (sound.current) sound.current.playbackRate = next
  }

  return (
    <div class="voice" role="group" dir="ltr" aria-label={label}>
      <button type="button" class="vplay" aria-label={t(playing ? 'voice.pause' : 'voice.play')} onClick={toggle}>
        {playing ? <Pause /> : <Play />}
      </button>
      <span class="wave">
        <input
          type="range"
          min={0}
          max={lasts}
          step={Math.max(0.1, lasts / 40)}
          value={at}
          aria-label={t('voice.place')}
          aria-valuetext={t('voice.at', { at: clock(at), all: clock(lasts) })}
          onInput={(event) => {
            const to = Number(event.currentTarget.value)
            setAt(to)
            const it = audio()
            if (it.readyState > 0) it.currentTime = to
          }}
        />
        <svg viewBox={`0 0 ${BARS * WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
          {bars.map((loud, i) => {
            const tall = Math.max(2, loud * HIGH)
            return <rect key={i} class={at > 0 && i / BARS < at / lasts ? 'on' : ''} x={i * WIDE + 0.75} y={(HIGH - tall) / 2} width={WIDE - 1.5} height={tall} rx={1} />
          })}
        </svg>
        <span class="vtime">{at > 0 ? clock(at) : clock(lasts)}</span>
      </span>
      <button type="button" class="vrate" aria-label={t('voice.speed', { rate: number(rate) })} onClick={faster}>
        {number(rate)}×
      </button>
      {fault && <p class="vfault" role="alert" dir={language.value.dir}><TriangleAlert small /> {t('message.listenFault')}</p>}
    </div>
  )
}

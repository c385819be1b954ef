// A recording of the microphone, and how loud it is. Chrome and Firefox record Opus in WebM, Safari AAC in MP4: the server makes of either what every phone plays.

import { writePeaks } from './peaks.ts'

const FORMS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
/** The school keeps ten minutes at most. */
const MAX_MS = 590_000
const PIECE_MS = 1000
const LEVEL_MS = 100
const BITS = 32_000

export interface Recorded {
  blob: Blob
  peaks: string
  duration_ms: number
}

export class Recording {
  /** Called ten times a second with how loud it is (0 to 1) and how long it lasts. */
  level: (loud: number, ms: number) => void = () => undefined
  /** Called each second with all there is so far: so that a page that is closed loses a second. */
  sofar: (recorded: Recorded) => void = () => undefined
  ended: (recorded: Recorded) => void = () => undefined

  private readonly recorder: MediaRecorder
  private readonly pieces: Blob[] = []
  private readonly loud: number[] = []
  private readonly began = performance.now()
  private readonly stream: MediaStream
  private context: AudioContext | undefined
  private timer = 0
  private dropped = false

  /** Asks for the microphone. Rejects where it is refused or there is none. */
  static async start(): Promise<Recording> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    return new Recording(stream)
  }

  private constructor(stream: MediaStream) {
    this.stream = stream
    const mimeType = FORMS.find((form) => MediaRecorder.isTypeSupported(form))
    this.recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS, ...(mimeType ? { mimeType } : {}) })
    this.recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) this.pieces.push(data)
      if (!this.dropped && this.recorder.state === 'recording') this.sofar(this.now())
    }
    this.recorder.onstop = () => {
      this.release()
      if (!this.dropped) this.ended(this.now())
    }
    this.recorder.start(PIECE_MS)
    this.listen()
  }

  private now(): Recorded {
    return { blob: new Blob(this.pieces, { type: this.recorder.mimeType }), peaks: writePeaks(this.loud), duration_ms: this.loud.length * LEVEL_MS }
  }

  private listen(): void {
    // A little more than is played between two looks: nothing is missed.
    const samples = new Uint8Array(8192)
    let analyser: AnalyserNode | undefined
    try {
      this.context = new AudioContext()
      analyser = this.context.createAnalyser()
      analyser.fftSize = samples.length
      this.context.createMediaStreamSource(this.stream).connect(analyser)
      void this.context.resume()
    } catch {
      // Then it is recorded all the same, and has a flat picture.
    }
    this.timer = window.setInterval(() => {
      analyser?.getByteTimeDomainData(samples)
      const loud = analyser ? samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0) / 128 : 0
      const ms = performance.now() - this.began
      // A tab in the background is called less often.
      while (this.loud.length < Math.floor(ms / LEVEL_MS)) this.loud.push(loud)
      this.level(loud, ms)
      if (ms >= MAX_MS) this.stop()
    }, LEVEL_MS)
  }

  private release(): void {
    window.clearInterval(this.timer)
    for (const track of this.stream.getTracks()) track.stop()
    void this.context?.close().catch(() => undefined)
  }

  stop(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop()
  }

  /** It is wanted no more. */
  drop(): void {
    this.dropped = true
    this.stop()
    this.release()
  }
}

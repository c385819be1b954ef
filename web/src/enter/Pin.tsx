import { useEffect, useRef, useState } from 'preact/hooks'
import { canSpeak, speakAloud } from '../app/voice.ts'
import { Check, TriangleAlert, Volume } from '../pictures/icons.tsx'
import { Locked } from '../pictures/pictograms.tsx'
import { WireError } from '../wire/socket.ts'
import { sayError } from '../words/problem.ts'
import { language, t } from '../words/words.ts'
import { Dots, FIGURES, Keypad } from './Keypad.tsx'

/**
 * A PIN of one's own: chosen newly it is asked twice, so that a slip locks nobody out. enter() rejects with what was wrong. Who cannot read sees a lock, and at
 * the second asking what they did already; and hears it where the browser has a voice, for the server speaks to nobody who has not signed in.
 */
export function Pin({ choose, enter }: { choose: boolean; enter: (pin: string) => Promise<void> }) {
  const [first, setFirst] = useState('')
  const [round, setRound] = useState(0)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const timer = useRef(0)

  useEffect(() => () => clearTimeout(timer.current), [])

  const anew = (why: string) => {
    setFault(why)
    setFirst('')
    setRound((now) => now + 1)
  }

  /** After several wrong ones the server asks for a breath: the keys rest as long. */
  function rest(ms: number) {
    timer.current = window.setTimeout(() => {
      setBusy(false)
      setFault('')
    }, ms)
  }

  async function whole(pin: string) {
    if (choose && !first) {
      setFault('')
      setFirst(pin)
      setRound((now) => now + 1)
      return
    }
    if (choose && first !== pin) {
      anew(t('pin.different'))
      return
    }
    setBusy(true)
    try {
      await enter(pin)
    } catch (error) {
      anew(sayError(error))
      const wait = error instanceof WireError ? error.problem.retry_ms : undefined
      if (wait) {
        rest(wait)
        return
      }
      setBusy(false)
    }
  }

  const label = t(choose ? (first ? 'pin.again' : 'pin.choose') : 'pin.ask')
  const why = choose && !first && !fault ? t('pin.why') : ''
  const { tag } = language.value
  return (
    <>
      <div class="pin-say">
        <span class="plate"><Locked /></span>
        <b>{label}</b>
        {canSpeak(tag) && (
          <button type="button" class="act" onClick={() => speakAloud([fault, label, why].filter(Boolean).join('. '), tag)}>
            <Volume />
            {t('message.listen')}
          </button>
        )}
      </div>
      {why && <p class="fine">{why}</p>}
      {fault && <p class="fault pin-fault" role="alert"><TriangleAlert /><span>{fault}</span></p>}
      {first && <div class="pin-done"><Dots full={FIGURES} /><Check /></div>}
      <Keypad label={label} round={round} busy={busy} whole={(pin) => void whole(pin)} />
    </>
  )
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { WireError } from '../wire/socket.ts'
import { sayError } from '../words/problem.ts'
import { t } from '../words/words.ts'
import { Keypad } from './Keypad.tsx'

/** A PIN of one's own: chosen newly it is asked twice, so that a slip locks nobody out. enter() rejects with what was wrong. */
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
  return (
    <>
      <p><b>{label}</b></p>
      {choose && !first && !fault && <p class="fine">{t('pin.why')}</p>}
      {fault && <p class="fault" role="alert">{fault}</p>}
      <Keypad label={label} round={round} busy={busy} whole={(pin) => void whole(pin)} />
    </>
  )
}

import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { WireError } from '../wire/socket.ts'
import { sayError } from '../words/problem.ts'

interface Props {
  /** The word of its button. */
  act: string
  ready: boolean
  /** Rejects with what was wrong. */
  send: () => Promise<void>
  children: ComponentChildren
}

/** Fields and one button. What was wrong is said above them; where the server asks for a wait, the button waits. */
export function Form({ act, ready, send, children }: Props) {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const timer = useRef(0)

  useEffect(() => () => clearTimeout(timer.current), [])

  async function submit() {
    setBusy(true)
    setFault('')
    try {
      await send()
      setBusy(false)
    } catch (error) {
      setFault(sayError(error))
      const wait = error instanceof WireError ? error.problem.retry_ms : undefined
      if (wait) timer.current = window.setTimeout(() => setBusy(false), Math.min(wait, 60_000))
      else setBusy(false)
    }
  }

  return (
    <form
      class="door"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !busy) void submit()
      }}
    >
      {fault && <p class="fault" role="alert">{fault}</p>}
      {children}
      <button type="submit" class={ready ? 'btn go wide' : 'btn wide'} disabled={!ready || busy}>{act}</button>
    </form>
  )
}

import './enter.css'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../words/words.ts'
import { Backspace } from './pictures.tsx'

export const FIGURES = 6
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0'] as const

/** How many of the six are there. */
export function Dots({ full }: { full: number }) {
  return (
    <div class="pin-dots" dir="ltr" aria-hidden="true">
      {Array.from({ length: FIGURES }, (_, i) => <span key={i} class={i < full ? 'full' : ''} />)}
    </div>
  )
}

/** Six figures by thumb. Calls whole() with each sixth; what stands there goes when `round` changes. */
export function Keypad({ label, round, busy, whole }: { label: string; round: number; busy: boolean; whole: (pin: string) => void }) {
  const [pin, setPin] = useState('')

  useEffect(() => setPin(''), [round])

  function press(figure: string) {
    if (busy || pin.length >= FIGURES) return
    const next = pin + figure
    setPin(next)
    if (next.length === FIGURES) whole(next)
  }

  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (/^[0-9]$/.test(event.key)) press(event.key)
      else if (event.key === 'Backspace' && !busy) setPin((now) => now.slice(0, -1))
      else return
      event.preventDefault()
    }
    addEventListener('keydown', typed)
    return () => removeEventListener('keydown', typed)
  })

  return (
    <div class="pin" role="group" aria-label={label}>
      <Dots full={pin.length} />
      <p class="visually-hidden" role="status">{t('pin.count', { count: pin.length })}</p>
      <div class="pin-keys" dir="ltr">
        {KEYS.map((figure) => (figure === ''
          ? <span key="none" class="none" />
          : <button key={figure} type="button" disabled={busy} onClick={() => press(figure)}>{figure}</button>))}
        <button type="button" aria-label={t('pin.back')} disabled={busy} onClick={() => setPin((now) => now.slice(0, -1))}><Backspace /></button>
      </div>
    </div>
  )
}

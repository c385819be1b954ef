// Who cannot read holds a finger on a button and hears its word, where there is a voice for the language. A short tap does what it always did.

import { language } from '../words/words.ts'
import { canSay, sayAloud } from './aloud.ts'

const HELD_MS = 550
const MOVED_PX = 12

function wordOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
}

/** Listens to the whole page until it is told to end. */
export function hearWords(): () => void {
  let timer = 0
  let at = { x: 0, y: 0 }
  let spoke = false

  const down = (event: PointerEvent) => {
    spoke = false
    window.clearTimeout(timer)
    const button = event.target instanceof Element ? event.target.closest('button, a[href], [role=button]') : null
    const { tag } = language.value
    if (!button || !canSay(tag)) return
    at = { x: event.clientX, y: event.clientY }
    timer = window.setTimeout(() => {
      spoke = true
      sayAloud(wordOf(button), tag)
    }, HELD_MS)
  }
  const move = ({ clientX, clientY }: PointerEvent) => {
    if (Math.hypot(clientX - at.x, clientY - at.y) > MOVED_PX) window.clearTimeout(timer)
  }
  const up = () => window.clearTimeout(timer)
  // Who listened did not mean to do it.
  const click = (event: MouseEvent) => {
    if (!spoke) return
    spoke = false
    event.preventDefault()
    event.stopPropagation()
  }
  // Nor a menu of the browser.
  const menu = (event: Event) => {
    if (spoke) event.preventDefault()
  }

  const all = [
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', up],
    ['pointercancel', up],
    ['click', click],
    ['contextmenu', menu],
  ] as const
  for (const [name, listener] of all) document.addEventListener(name, listener as EventListener, { capture: true })
  return () => {
    window.clearTimeout(timer)
    for (const [name, listener] of all) document.removeEventListener(name, listener as EventListener, { capture: true })
  }
}

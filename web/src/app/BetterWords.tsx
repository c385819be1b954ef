import { useEffect, useRef, useState } from 'preact/hooks'
import { BadgeCheck } from '../pictures/icons.tsx'
import { betterSeen } from '../state/connection.ts'
import type { Thread } from '../wire/protocol.ts'
import { t } from '../words/words.ts'

/** Says softly, at a message that was read, that its words are better now. Once it was on the screen the mark is off; the words stay while the page does. */
export function BetterWords({ seq, thread }: { seq: number; thread: Thread }) {
  const marked = thread.better.some((one) => one.seq === seq)
  const [was, setWas] = useState(marked)
  const line = useRef<HTMLParagraphElement>(null)

  useEffect(() => {
    if (!marked || !line.current) return undefined
    setWas(true)
    const watch = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting) && document.visibilityState === 'visible') void betterSeen(thread.id, seq)
    })
    watch.observe(line.current)
    return () => watch.disconnect()
  }, [marked, thread.id, seq])

  return marked || was ? <p ref={line} class="better"><BadgeCheck small />{t('origin.better')}</p> : null
}

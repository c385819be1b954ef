import { useEffect, useState } from 'preact/hooks'
import { CloudOff } from '../pictures/icons.tsx'
import { line } from '../state/store.ts'
import { t } from '../words/words.ts'

const PATIENCE_MS = 1500

/** A thin bar with words when the line is gone. A short stumble is not worth a word. */
export function OfflineBar() {
  const [patience, setPatience] = useState(true)
  const away = line.value !== 'live'
  const offline = line.value === 'offline'

  useEffect(() => {
    setPatience(true)
    if (!away) return undefined
    const timer = setTimeout(() => setPatience(false), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [away])

  return (
    <div role="status">
      {away && (offline || !patience) && (
        <p class="offline">
          <CloudOff />
          <span>{t(offline ? 'line.willSend' : 'line.connecting')}</span>
        </p>
      )}
    </div>
  )
}

import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { fetched } from '../words/fetched.ts'
import { Wait } from './Wait.tsx'

/** A screen that only some people need: fetched when it is shown. */
export function Lazy({ load }: { load: () => Promise<FunctionComponent> }) {
  const [Screen, setScreen] = useState<FunctionComponent | null>(null)
  useEffect(() => {
    void fetched(load).then(
      (found) => setScreen(() => found),
      () => undefined,
    )
  }, [load])
  return Screen ? <Screen /> : <Wait />
}

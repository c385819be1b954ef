import type { ComponentChildren, FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { fetched } from '../words/fetched.ts'
import { Wait } from './Wait.tsx'

interface Props {
  load: () => Promise<FunctionComponent>
  /** What stands there until then: a whole screen, unless it is a part of one. */
  wait?: ComponentChildren
}

/** A screen that only some people need: fetched when it is shown. */
export function Lazy({ load, wait = <Wait /> }: Props) {
  const [Screen, setScreen] = useState<FunctionComponent | null>(null)
  useEffect(() => {
    void fetched(load).then(
      (found) => setScreen(() => found),
      () => undefined,
    )
  }, [load])
  return Screen ? <Screen /> : <>{wait}</>
}

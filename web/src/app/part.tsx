import type { ComponentChildren, FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { fetched } from '../words/fetched.ts'

/** A component that is fetched when it is first shown. wait: what stands in its place until then. */
export function part<Props extends object>(load: () => Promise<FunctionComponent<Props>>, wait: ComponentChildren = null): FunctionComponent<Props> {
  let found: FunctionComponent<Props> | null = null
  return function Part(props: Props) {
    const [Now, setNow] = useState<FunctionComponent<Props> | null>(() => found)
    useEffect(() => {
      if (found) return
      void fetched(load).then(
        (it) => {
          found = it
          setNow(() => it)
        },
        () => undefined,
      )
    }, [])
    return Now ? <Now {...props} /> : <>{wait}</>
  }
}

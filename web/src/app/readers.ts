// Who has read a conversation: asked when somebody wants to see it, and not kept.

import { useEffect, useState } from 'preact/hooks'
import { readersOf } from '../state/connection.ts'
import type { Reader } from '../wire/protocol.ts'

/** By person; null while it is not known, or without a line. */
export function useReaders(thread: number): readonly Reader[] | null {
  const [readers, setReaders] = useState<readonly Reader[] | null>(null)
  useEffect(() => {
    let current = true
    readersOf(thread).then(
      (list) => {
        if (current) setReaders(list)
      },
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [thread])
  return readers
}

// A conversation on the screen: it opens at its end, keeps its place while older messages come in above or new ones below, and moves the reading
// mark when the newest message has really been on the screen.

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { waits } from './consents.ts'
import type { Conversation } from '../state/apply.ts'
import { loadOlder, read } from '../state/connection.ts'
import { me, line } from '../state/store.ts'
import { outbox } from '../state/outbox.ts'

const NEAR_PX = 80

export interface Flow {
  ref: { current: HTMLElement | null }
  onScroll: () => void
  toEnd: () => void
  loadOlder: () => void
  /** How many messages came below what is looked at. */
  below: number
}

export function useFlow(conversation: Conversation): Flow {
  const ref = useRef<HTMLElement | null>(null)
  const atEnd = useRef(true)
  const fromEnd = useRef(0)
  const firstSeq = useRef(0)
  const seen = useRef(0)
  const [below, setBelow] = useState(0)
  const { thread, messages } = conversation
  const first = messages[0]?.seq ?? 0
  const last = messages.at(-1)
  const mine = outbox.value.filter((waiting) => waiting.thread === thread.id).length

  const asked = thread.consents.filter(waits).length

  const markRead = useCallback(() => {
    if (!last || !atEnd.current || document.visibilityState !== 'visible' || line.value !== 'live') return
    seen.current = last.seq
    setBelow(0)
    if (thread.unread > 0) void read(thread.id, last.seq)
  }, [last?.seq, thread.id, thread.unread])

  const onScroll = useCallback(() => {
    const box = ref.current
    if (!box) return
    fromEnd.current = box.scrollHeight - box.scrollTop
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
    if (atEnd.current) markRead()
    if (box.scrollTop < NEAR_PX && conversation.older && conversation.loaded) void loadOlder(thread.id)
  }, [markRead, conversation.older, conversation.loaded, thread.id])

  // Older messages came in above: what is looked at stays where it is.
  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    if (first < firstSeq.current && !atEnd.current) box.scrollTop = box.scrollHeight - fromEnd.current
    firstSeq.current = first
  }, [first])

  useLayoutEffect(() => {
    const box = ref.current
    if (!box || !last) return
    if (atEnd.current || last.sender === me.value?.id) {
      box.scrollTop = box.scrollHeight
      atEnd.current = true
    } else if (last.seq > seen.current) {
      setBelow(messages.filter(({ seq, sender }) => seq > seen.current && sender !== me.value?.id).length)
    }
    markRead()
  }, [last?.seq, conversation.loaded, line.value, thread.unread])

  useLayoutEffect(() => {
    const box = ref.current
    if (box && mine > 0) {
      box.scrollTop = box.scrollHeight
      atEnd.current = true
    }
  }, [mine])

  // A question to the family stands below the newest message.
  useLayoutEffect(() => {
    if (ref.current && atEnd.current) ref.current.scrollTop = ref.current.scrollHeight
  }, [asked])

  // The keyboard of a phone takes half the screen: the end stays in sight.
  useEffect(() => {
    const keepEnd = () => {
      if (ref.current && atEnd.current) ref.current.scrollTop = ref.current.scrollHeight
    }
    const box = ref.current
    const watcher = new ResizeObserver(keepEnd)
    if (box) {
      watcher.observe(box)
      for (const child of box.children) watcher.observe(child)
    }
    document.addEventListener('visibilitychange', markRead)
    return () => {
      watcher.disconnect()
      document.removeEventListener('visibilitychange', markRead)
    }
  }, [markRead, conversation.loaded])

  return {
    ref,
    onScroll,
    below,
    loadOlder: () => void loadOlder(thread.id),
    toEnd: () => {
      if (ref.current) ref.current.scrollTop = ref.current.scrollHeight
    },
  }
}

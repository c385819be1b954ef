// A conversation on the screen: it opens at its end, or at a message that was looked for, keeps its place while older messages come in above or new
// ones below, and moves the reading mark when the newest message has really been on the screen.

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { waits } from './consents.ts'
import type { Conversation } from '../state/apply.ts'
import { onScreen } from '../state/far.ts'
import { leaveFar, loadAround, loadNewer, loadOlder, read } from '../state/connection.ts'
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
  /** What is on the screen: the newest messages, or a part far back. */
  shown: Conversation & { newer: boolean }
}

/** The messages of a conversation as `data-seq` name them. */
function articleOf(box: HTMLElement, seq: number): HTMLElement | null {
  return box.querySelector<HTMLElement>(`[data-seq="${seq}"]`)
}

/** Where to open a conversation: each tap is another object, so that the same message is gone to again. */
export interface Jump {
  seq?: number
}

export function useFlow(conversation: Conversation, jump?: Jump): Flow {
  const target = jump?.seq
  const ref = useRef<HTMLElement | null>(null)
  const atEnd = useRef(target === undefined)
  /** The target that was shown, or given up: the place is the reader's from then on. */
  const arrived = useRef<Jump | undefined>(undefined)
  const hunting = () => target !== undefined && arrived.current !== jump
  const fromEnd = useRef(0)
  /** How much room there was: a browser that moves what it shows because the room changed is no reader who does. */
  const room = useRef('')
  const firstSeq = useRef(0)
  const seen = useRef(0)
  const [below, setBelow] = useState(0)
  const shown = onScreen(conversation)
  const { thread, messages, newer } = shown
  const first = messages[0]?.seq ?? 0
  const last = messages.at(-1)
  const mine = outbox.value.filter((waiting) => waiting.thread === thread.id).length
  const written = useRef(target === undefined ? 0 : mine)

  const asked = thread.consents.filter(waits).length

  const markRead = useCallback(() => {
    if (!last || newer || !atEnd.current || document.visibilityState !== 'visible' || line.value !== 'live') return
    seen.current = last.seq
    setBelow(0)
    if (thread.unread > 0) void read(thread.id, last.seq)
  }, [last?.seq, newer, thread.id, thread.unread])

  const onScroll = useCallback(() => {
    const box = ref.current
    if (!box) return
    const now = `${box.clientWidth} ${box.clientHeight}`
    if (room.current !== now && atEnd.current && !hunting()) box.scrollTop = box.scrollHeight
    room.current = now
    fromEnd.current = box.scrollHeight - box.scrollTop
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
    if (near && newer) void loadNewer(thread.id)
    atEnd.current = near && !newer && !hunting()
    if (atEnd.current) markRead()
    if (box.scrollTop < NEAR_PX && shown.older && shown.loaded) void loadOlder(thread.id)
  }, [markRead, shown.older, shown.loaded, newer, jump, thread.id])

  // What comes later (a question that is fetched, a photo) makes the flow longer: who is at its end stays there.
  useEffect(() => {
    const box = ref.current
    if (!box || !('ResizeObserver' in window)) return undefined
    const stay = () => {
      if (atEnd.current && !hunting()) box.scrollTop = box.scrollHeight
    }
    const sizes = new ResizeObserver(stay)
    const look = () => {
      for (const child of box.children) sizes.observe(child)
    }
    const children = new MutationObserver(look)
    children.observe(box, { childList: true })
    look()
    return () => {
      sizes.disconnect()
      children.disconnect()
    }
  }, [jump, thread.id])

  // A message was looked for: where it is not loaded, what stands around it is fetched. After a loss of the line too.
  const has = target !== undefined && messages.some(({ seq }) => seq === target)
  useEffect(() => {
    if (target === undefined || has || atEnd.current) return
    arrived.current = undefined
    void loadAround(thread.id, target).then((found) => {
      if (found || line.value !== 'live' || !ref.current) return
      arrived.current = jump
      atEnd.current = true
      ref.current.scrollTop = ref.current.scrollHeight
    })
  }, [jump, has, line.value, thread.id])

  useLayoutEffect(() => {
    if (hunting()) atEnd.current = false
    const box = ref.current
    const article = box && has ? articleOf(box, target) : null
    if (!box || !article || !hunting()) return
    arrived.current = jump
    seen.current = thread.last?.seq ?? 0
    for (const old of box.querySelectorAll('.found')) old.classList.remove('found')
    article.classList.add('found')
    article.tabIndex = -1
    article.focus({ preventScroll: true })
    article.scrollIntoView({ block: 'center' })
    fromEnd.current = box.scrollHeight - box.scrollTop
    firstSeq.current = first
  }, [jump, has])

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
    if (newer || hunting()) return
    if (atEnd.current || (last.seq > seen.current && last.sender === me.value?.id)) {
      box.scrollTop = box.scrollHeight
      atEnd.current = true
    } else if (last.seq > seen.current) {
      setBelow(messages.filter(({ seq, sender }) => seq > seen.current && sender !== me.value?.id).length)
    }
    markRead()
  }, [last?.seq, newer, conversation.loaded, line.value, thread.unread])

  useLayoutEffect(() => {
    const box = ref.current
    const more = mine > written.current
    written.current = mine
    if (box && more) {
      leaveFar(thread.id)
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
    shown,
    loadOlder: () => void loadOlder(thread.id),
    toEnd: () => {
      atEnd.current = true
      leaveFar(thread.id)
      if (ref.current) ref.current.scrollTop = ref.current.scrollHeight
    },
  }
}

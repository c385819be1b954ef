// Photos, documents and voices: fetched when there are any, so that who has none does not wait for them.

import { part } from './part.tsx'
import { stands } from './consents.ts'
import type { Thread } from '../wire/protocol.ts'

export const Attached = part(() => import('../media/Attached.tsx').then((it) => it.Attached), <p class="attached-wait" />)
export const Sending = part(() => import('../media/Sending.tsx').then((it) => it.Sending), <p class="attached-wait" />)
export const Recorder = part(() => import('../media/Recorder.tsx').then((it) => it.Recorder))
export const AskVoice = part(() => import('../media/AskVoice.tsx').then((it) => it.AskVoice))
export const Plus = part(() => import('../media/Plus.tsx').then((it) => it.Plus))

export const canRecord = (): boolean => 'MediaRecorder' in window && 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices

/** Whether the family agreed that voices are kept. */
export const voiceStands = (thread: Thread): boolean => thread.consents.some((consent) => consent.kind === 'voice' && stands(consent))

// Invitations that were just made and are on the screen to be printed: in memory alone, and gone with the screen.

import { signal } from '@preact/signals'
import type { InvitationList } from '../wire/protocol.ts'

export interface Papers {
  list: InvitationList
  /** Whom a family calls for help. */
  help: string
  school: string
  /** The language the school works in: it stands beside the family's. */
  language: string
}

export const papers = signal<Papers | null>(null)

/** Whether one's own phones are on the screen. */
export const phonesOpen = signal(false)

// Shows the pages of invitations, with what stands on them besides.

import type { InvitationList } from '../wire/protocol.ts'
import { papers } from './papers.ts'
import { state } from './store.ts'

export function showPapers(list: InvitationList): void {
  const known = state.value
  if (!known) return
  const { me, school } = known
  papers.value = { list, school: school.name, language: school.language, help: me.role === 'administrator' ? school.name : me.name }
}

// What one's role may do, by the server's own table: so that nothing is offered that would be refused. The server decides, not this.

import { RIGHTS, type Commands, type Role } from '../wire/protocol.ts'
import { me } from './store.ts'

/** Whether a role may do it at all; own: whether what it is done to is theirs, or is themselves. */
export function roleMay(role: Role, command: keyof Commands, own: boolean): boolean {
  const { never, own: only } = RIGHTS[role]
  return !never.split(' ').includes(command) && (own || !only.split(' ').includes(command))
}

export function may(command: keyof Commands, own = false): boolean {
  return me.value !== null && roleMay(me.value.role, command, own)
}

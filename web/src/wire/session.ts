// Signing in and out over HTTP. The cookie is the browser's; no script ever sees it.

import type { DevicePeople, Invitation, InvitationAsks, Person, Problem, Session } from './protocol.ts'
import { WireError } from './socket.ts'

async function answer<T = Session>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({ code: 'unavailable' }))) as Problem
  throw new WireError(problem)
}

/** Who is signed in; null where nobody is. */
export async function currentSession(): Promise<Session | null> {
  const response = await fetch('/api/session', { cache: 'no-store' })
  return response.status === 401 ? null : answer(response)
}

const post = (path: string, body: Record<string, string>) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** What an invitation asks, by the secret of its link or its code; it is not used up. */
export async function lookInvitation(secret: string): Promise<InvitationAsks> {
  return answer<InvitationAsks>(await post('/api/invitation', { secret }))
}

export async function openInvitation(secret: string, pin: string): Promise<Session> {
  return answer(await post('/api/invitation/session', { secret, pin }))
}

/** Who may come back on this device with their PIN. */
export async function devicePeople(): Promise<readonly Person[]> {
  return (await answer<DevicePeople>(await fetch('/api/device', { cache: 'no-store' }))).people
}

export async function enterProfile(person: number, pin: string): Promise<Session> {
  return answer(await post('/api/device/session', { person: String(person), pin }))
}

/** An invitation for another device of one's own, good for ten minutes. */
export async function secondDevice(pin: string): Promise<Invitation> {
  return answer<Invitation>(await post('/api/device/invitation', { pin }))
}

/** Ends the session, and this device forgets the person. */
export async function forgetHere(): Promise<void> {
  await fetch('/api/device', { method: 'DELETE' })
}

/** Trades a sign-in link's secret for a session. */
export async function signIn(link: string): Promise<Session> {
  return answer(
    await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link }),
    }),
  )
}

export async function signOut(): Promise<void> {
  await fetch('/api/session', { method: 'DELETE' })
}

// Signing in and out over HTTP. The cookie is the browser's; no script ever sees it.

import type { Problem, Session } from './protocol.ts'
import { WireError } from './socket.ts'

async function answer(response: Response): Promise<Session> {
  if (response.ok) return (await response.json()) as Session
  const problem = (await response.json().catch(() => ({ code: 'unavailable' }))) as Problem
  throw new WireError(problem)
}

/** Who is signed in; null where nobody is. */
export async function currentSession(): Promise<Session | null> {
  const response = await fetch('/api/session', { cache: 'no-store' })
  return response.status === 401 ? null : answer(response)
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

// Signing in as the people of the school do, over HTTP: a password and a code of the moment, or the school's own page.

import type { Credential, Enrolled, Enrolment, Problem, Recovery, Session, Ways } from './protocol.ts'
import { WireError } from './socket.ts'

async function ask<T>(path: string, body?: Record<string, string>): Promise<T> {
  const response = await fetch(path, {
    cache: 'no-store',
    ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  if (response.status === 204) return undefined as T
  if (response.ok) return (await response.json()) as T
  throw new WireError((await response.json().catch(() => ({ code: 'unavailable' }))) as Problem)
}

/** Where the browser goes to sign in at the school's own page. */
export const providerAddress = '/api/oidc/start'

/** Which ways there are, besides invitation and PIN. */
export const signInWays = (): Promise<Ways> => ask('/api/ways')

export const signInByPassword = (name: string, password: string, code: string): Promise<Session> => ask('/api/session', { name, password, code })

/** Begins with a password: a secret for the codes of a phone. name: where the school gave none. */
export const beginEnrolment = (invitation: string, password: string, name: string): Promise<Enrolment> =>
  ask('/api/enrolment', { invitation, password, ...(name ? { name } : {}) })

/** Ends it with a first code. Without an invitation: for who is signed in. */
export const proveEnrolment = (invitation: string, code: string): Promise<Enrolled> => ask('/api/enrolment/proof', { ...(invitation ? { invitation } : {}), code })

export const ownCredential = (): Promise<Credential> => ask('/api/credential')
export const changePassword = (password: string, fresh: string): Promise<void> => ask('/api/credential/password', { password, new: fresh })
export const beginAnotherPhone = (password: string): Promise<Enrolment> => ask('/api/credential/secret', { password })
export const newRecoveryCodes = (password: string): Promise<Recovery> => ask('/api/credential/recovery', { password })

// Where the app is: an address each, so that back and reload do what people expect.

import { signal } from '@preact/signals'

export type Place = { at: 'home' } | { at: 'thread'; thread: number; seq?: number } | { at: 'search' } | { at: 'sign-in'; link: string } | { at: 'invited'; secret: string } | { at: 'staff' }

const CODE = /^[0-9a-z]{4}-[0-9a-z]{4}$/i

/** The message that the fragment of a conversation's address names. */
function messageOf(fragment: string): { seq?: number } {
  const number = /^#(\d{1,15})$/.exec(fragment)
  return number ? { seq: Number(number[1]) } : {}
}

function read(): Place {
  const thread = /^\/t\/(\d+)$/.exec(location.pathname)
  if (thread) return { at: 'thread', thread: Number(thread[1]), ...messageOf(location.hash) }
  if (location.pathname === '/search') return { at: 'search' }
  if (location.pathname === '/in') return { at: 'sign-in', link: location.hash.slice(1) }
  if (location.pathname === '/hi' && location.hash.length > 1) return { at: 'invited', secret: location.hash.slice(1) }
  if (location.pathname === '/staff') return { at: 'staff' }
  // The short code of a printed invitation: behind the #, or for who forgot that, as the path.
  const code = CODE.exec(location.hash.slice(1)) ?? CODE.exec(location.pathname.slice(1))
  if (code) return { at: 'invited', secret: code[0] }
  return { at: 'home' }
}

export const place = signal<Place>(read())

const mark = '#sign-in='

/** Why the school's own sign-in page sent the browser back without a session: a word behind the # of the address. Empty: it did not. */
export const sentBack = signal(location.hash.startsWith(mark) ? location.hash.slice(mark.length) : '')
if (sentBack.value) history.replaceState(null, '', location.pathname)

function address(to: Place): string {
  if (to.at === 'thread') return to.seq === undefined ? `/t/${to.thread}` : `/t/${to.thread}#${to.seq}`
  return to.at === 'staff' ? '/staff' : to.at === 'search' ? '/search' : '/'
}

export function go(to: Place, replace = false): void {
  if (replace) history.replaceState(null, '', address(to))
  else history.pushState(null, '', address(to))
  place.value = to
}

// Another sign-in link in the same tab changes nothing but the fragment: start anew with it.
addEventListener('hashchange', () => {
  if ((location.pathname === '/in' || location.pathname === '/hi') && location.hash.length > 1 || CODE.test(location.hash.slice(1))) location.reload()
})

addEventListener('popstate', () => {
  place.value = read()
})

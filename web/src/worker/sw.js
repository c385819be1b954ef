// The service worker: the app opens without a line, from the files of one build.
//
// It keeps the app's own files and nothing that anybody said: /api and /ws never pass through it. A new build is fetched whole beside the
// old one and waits; the page says when nobody is writing (app/worker.ts), so that a draft never goes with the old page.

const BUILD = '%BUILD%'
const SHELL = ['%SHELL%']
const CACHE = `ouderbrug-${BUILD}`

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL.map((path) => new Request(path, { cache: 'no-cache' })))))
})

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('ouderbrug-') && name !== CACHE
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))))
})

self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting()
})

/** Hashed files never change: what is kept is right. A device without room for one more still gets it. */
async function kept(request) {
  const cache = await caches.open(CACHE)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => undefined)
  return answer
}

/** Every page is the same page. */
async function page(request) {
  const cache = await caches.open(CACHE)
  return (await cache.match('/')) ?? fetch(request)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (url.pathname.startsWith('/api/') || url.pathname === '/ws' || url.pathname === '/healthz') return
  if (request.mode === 'navigate' && !url.pathname.includes('.')) event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/') || SHELL.includes(url.pathname)) event.respondWith(kept(request))
})

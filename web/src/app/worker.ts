// The service worker: the app opens without a line. A new version waits until nothing is being written.

import { drafts } from '../state/drafts.ts'

export function keepFresh(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  addEventListener('load', () => {
    void navigator.serviceWorker.register('/sw.js').then((registration) => {
      let asked = false
      document.addEventListener('visibilitychange', () => {
        const quiet = Object.keys(drafts.value).length === 0
        if (document.visibilityState !== 'hidden' || !quiet || !registration.waiting) return
        asked = true
        registration.waiting.postMessage('activate')
      })
      // The new files are there and the old ones are gone: the page goes along, while nobody looks.
      navigator.serviceWorker.addEventListener('controllerchange', () => {
        if (asked) location.reload()
      })
    }, () => undefined)
  })
}

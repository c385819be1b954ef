// The service worker: the app opens without a line. A new version waits until nothing is being written.

import { drafts } from '../state/drafts.ts'

export function keepFresh(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  addEventListener('load', () => {
    void navigator.serviceWorker.register('/sw.js').then((registration) => {
      document.addEventListener('visibilitychange', () => {
        const quiet = Object.keys(drafts.value).length === 0
        if (document.visibilityState === 'hidden' && quiet) registration.waiting?.postMessage('activate')
      })
    }, () => undefined)
  })
}

// Parts of the app that are fetched when they are needed: the staff's screens, a language's words.
//
// The line may be gone for a moment: it is tried again. Or the server has a newer app than this page, and the part is there no more: then the
// page is loaded anew, once, and drafts and unsent messages are there again because they are kept.

const WAITS_MS = [500, 2000, 5000]
const RELOAD_AGAIN_MS = 60_000
const KEY = 'ouderbrug.reloaded'

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(KEY) ?? 0)
  if (!navigator.onLine || Date.now() - last < RELOAD_AGAIN_MS) return
  sessionStorage.setItem(KEY, String(Date.now()))
  location.reload()
}

export async function fetched<T>(part: () => Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await part()
    } catch {
      await pause(wait)
    }
  }
  try {
    return await part()
  } catch (error) {
    reloadOnce()
    throw error
  }
}

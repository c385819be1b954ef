// Photos, documents and voice messages on their way: what is too large for localStorage, in IndexedDB, each person's apart, because a family shares a
// phone. One is here from the tap that made it until the server has its message. A browser that keeps nothing (a private window) keeps it as long as the page.

export interface Kept {
  id: string
  person: number
  blob: Blob
  /** Of a recording that is not sent yet. */
  peaks?: string
  duration_ms?: number
}

const NAME = 'ouderbrug'
const STORE = 'parcels'

const memory = new Map<string, Kept>()

let opening: Promise<IDBDatabase | null> | null = null

function open(): Promise<IDBDatabase | null> {
  opening ??= new Promise((done) => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' })
      request.onsuccess = () => done(request.result)
      request.onerror = () => done(null)
      request.onblocked = () => done(null)
    } catch {
      done(null)
    }
  })
  return opening
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const db = await open()
  if (!db) return undefined
  return new Promise((done) => {
    try {
      const transaction = db.transaction(STORE, mode)
      const request = work(transaction.objectStore(STORE))
      transaction.oncomplete = () => done(request.result)
      transaction.onerror = () => done(undefined)
      transaction.onabort = () => done(undefined)
    } catch {
      done(undefined)
    }
  })
}

/** What a recording is called that is not sent yet: one for each conversation, or for each message that is translated aloud. */
export const draftOf = (person: number, thread: number, of?: number): string => `draft.${person}.${thread}.${of ?? 0}`

/** It is there when this resolves: on disk where the browser can. */
export async function putParcel(parcel: Kept): Promise<void> {
  memory.set(parcel.id, parcel)
  await run('readwrite', (store) => store.put(parcel))
}

export async function getParcel(id: string): Promise<Kept | undefined> {
  return memory.get(id) ?? (await run<Kept | undefined>('readonly', (store) => store.get(id) as IDBRequest<Kept | undefined>))
}

export async function dropParcel(id: string): Promise<void> {
  memory.delete(id)
  await run('readwrite', (store) => store.delete(id) as IDBRequest<undefined>)
}

/** All that somebody has here: they signed out. */
export async function dropParcelsOf(person: number): Promise<void> {
  const all = (await run<Kept[]>('readonly', (store) => store.getAll() as IDBRequest<Kept[]>)) ?? []
  for (const { id, person: whose } of [...all, ...memory.values()]) if (whose === person) await dropParcel(id)
}

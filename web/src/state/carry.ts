// Bytes on their way: fetched with the first photo, document or voice, so that who sends words alone never waits for it.

import type { Problem } from '../wire/protocol.ts'
import { LineLost, WireError } from '../wire/socket.ts'
import { change, fail, going, isReady, outbox, pause } from './outbox.ts'
import { getParcel } from './parcels.ts'

export type Upload = (thread: number, blob: Blob, name: string | undefined, progress: (part: number) => void) => Promise<{ id: number }>

const LOST: Problem = { code: 'not_found', reason: 'empty' }

let carrying = false

/** Takes the bytes of what waits to the server, one after the other, until the line is lost. Messages of words alone do not wait for it. */
export async function carry(upload: Upload): Promise<void> {
  if (carrying) return
  carrying = true
  try {
    for (;;) {
      const next = outbox.value.find((waiting) => !waiting.problem && !isReady(waiting))
      const parcel = next?.parcels?.find(({ file }) => file === undefined)
      if (!next || !parcel) return
      const bytes = await getParcel(parcel.id)
      if (!bytes) {
        fail(next.client_id, LOST)
        continue
      }
      try {
        const { id } = await upload(next.thread, bytes.blob, parcel.name, (part) => {
          going.value = { ...going.value, [parcel.id]: part }
        })
        change(next.client_id, (waiting) => ({ ...waiting, parcels: (waiting.parcels ?? []).map((one) => (one.id === parcel.id ? { ...one, file: id } : one)) }))
      } catch (error) {
        if (!(error instanceof WireError)) {
          if (error instanceof LineLost) return
          throw error
        }
        if (error.problem.code === 'signed_out') return
        if (error.problem.retry_ms !== undefined) await pause(error.problem.retry_ms)
        else fail(next.client_id, error.problem)
      } finally {
        const { [parcel.id]: _, ...others } = going.value
        going.value = others
      }
    }
  } finally {
    carrying = false
  }
}

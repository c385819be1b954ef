// Bytes to the server over HTTP: by XMLHttpRequest, which alone tells how far it is.

import type { Attachment, Problem } from './protocol.ts'
import { LineLost, WireError } from './socket.ts'

/** Takes a file to the server, for a message in this conversation. progress: from 0 to 1. */
export function upload(thread: number, blob: Blob, name: string | undefined, progress: (part: number) => void): Promise<Attachment> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/upload?thread=${thread}`)
    request.responseType = 'json'
    request.setRequestHeader('content-type', 'application/octet-stream')
    // In no address: those are kept in logs and histories.
    if (name) request.setRequestHeader('x-file-name', encodeURIComponent(name))
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const answer = request.response as Attachment | Problem | null
      if (request.status === 200 && answer && 'id' in answer) done(answer)
      else if (answer && 'code' in answer) fail(new WireError(answer))
      // A proxy that has no way through, or a server that is just starting: as if the line were gone.
      else fail(new LineLost())
    }
    request.onerror = request.onabort = request.ontimeout = () => fail(new LineLost())
    request.send(blob)
  })
}

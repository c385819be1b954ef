import { useState } from 'preact/hooks'
import { Download } from '../pictures/icons.tsx'
import type { Attachment } from '../wire/protocol.ts'
import { iso, t } from '../words/words.ts'
import { Paper } from './pictures.tsx'
import { Player } from './Player.tsx'
import { clock, size } from './times.ts'
import { Viewer } from './Viewer.tsx'
import './media.css'

export const addressOf = (id: number, as?: 'thumb' | 'original'): string => `/api/file?file=${id}${as ? `&as=${as}` : ''}`

function Document({ file }: { file: Attachment }) {
  return (
    <a class="doc" href={addressOf(file.id)} download={file.name ?? ''}>
      {file.thumb ? <img src={addressOf(file.id, 'thumb')} alt="" loading="lazy" /> : <Paper />}
      <span class="doc-t">
        <b dir="auto">{file.name ?? t('file.document')}</b>
        <span class="sub"><span class="ltr">{size(file.bytes)}</span></span>
      </span>
      <span class="act"><Download />{t('file.save')}</span>
    </a>
  )
}

/** What came with a message: photos to open, documents to keep, voices to hear. */
export function Attached({ attachments, from }: { attachments: readonly Attachment[]; from: string }) {
  const [open, setOpen] = useState(-1)
  const photos = attachments.filter(({ kind }) => kind === 'photo')
  return (
    <div class="attached">
      {photos.length > 0 && (
        <ul class={photos.length > 1 ? 'photos many' : 'photos'}>
          {photos.map((photo, i) => (
            <li key={photo.id}>
              <button type="button" class="photo" aria-haspopup="dialog" aria-label={t('photo.open', { name: iso(from), n: i + 1, all: photos.length })} onClick={() => setOpen(i)}>
                <img src={addressOf(photo.id, photo.thumb ? 'thumb' : undefined)} alt="" width={photo.width} height={photo.height} loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {attachments.map((file) => {
        if (file.kind === 'voice')
          return <Player key={file.id} src={addressOf(file.id)} peaks={file.peaks} duration_ms={file.duration_ms} label={t('voice.label', { name: iso(from), time: clock((file.duration_ms ?? 0) / 1000) })} />
        return file.kind === 'document' ? <Document key={file.id} file={file} /> : null
      })}
      {open >= 0 && <Viewer photos={photos} at={open} from={from} close={() => setOpen(-1)} />}
    </div>
  )
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { Download, X } from '../pictures/icons.tsx'
import type { Attachment } from '../wire/protocol.ts'
import { iso, language, t } from '../words/words.ts'
import { addressOf } from './Attached.tsx'
import { After, Before, ZoomIn, ZoomOut } from './pictures.tsx'

const STEPS = [1, 2, 4]

/** A photo on the whole screen; nearer by button, key, two taps or two fingers. */
export function Viewer({ photos, at, from, close }: { photos: readonly Attachment[]; at: number; from: string; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const picture = useRef<HTMLImageElement>(null)
  const [now, setNow] = useState(at)
  const [near, setNear] = useState(1)
  const photo = photos[now]

  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  // Two fingers stretch it between the steps, so the size is a number and no class.
  useEffect(() => {
    if (picture.current) picture.current.style.inlineSize = near > 1 ? `${near * 100}%` : ''
  }, [near, now])

  const zoom = (by: 1 | -1) => setNear(STEPS[Math.min(STEPS.length - 1, Math.max(0, STEPS.findIndex((step) => step >= near) + by))] ?? 1)
  const turn = (by: 1 | -1) => {
    setNear(1)
    setNow((now + by + photos.length) % photos.length)
  }
  const spread = useRef<{ from: number; near: number } | null>(null)
  const apart = ({ touches: [a, b] }: TouchEvent) => (a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0)
  if (!photo) return null
  const forward = language.value.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const backward = language.value.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft'

  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={t('photo.label', { name: iso(from), n: now + 1, all: photos.length })}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onKeyDown={({ key }) => {
        if (key === '+' || key === '=') zoom(1)
        else if (key === '-') zoom(-1)
        else if (photos.length > 1 && key === forward) turn(1)
        else if (photos.length > 1 && key === backward) turn(-1)
      }}
    >
      <div class="vbar">
        <button type="button" class="vbtn" aria-label={t('close')} onClick={close}><X /></button>
        <span class="vgap" />
        <button type="button" class="vbtn" aria-label={t('photo.out')} disabled={near <= 1} onClick={() => zoom(-1)}><ZoomOut /></button>
        <button type="button" class="vbtn" aria-label={t('photo.in')} disabled={near >= 4} onClick={() => zoom(1)}><ZoomIn /></button>
        <a class="vbtn" href={addressOf(photo.id)} download="" aria-label={t('file.save')}><Download /></a>
      </div>
      <div
        class="vroom"
        // Who uses keys can scroll it.
        tabIndex={0}
        role="group"
        aria-label={t('photo.label', { name: iso(from), n: now + 1, all: photos.length })}
        onDblClick={() => setNear(near > 1 ? 1 : 2)}
        onTouchStart={(event) => {
          spread.current = event.touches.length === 2 ? { from: apart(event), near } : null
        }}
        onTouchMove={(event) => {
          if (!spread.current || event.touches.length !== 2) return
          event.preventDefault()
          setNear(Math.min(4, Math.max(1, (spread.current.near * apart(event)) / Math.max(1, spread.current.from))))
        }}
      >
        <img ref={picture} class={near > 1 ? 'near' : ''} src={addressOf(photo.id)} alt={t('photo.alt', { name: iso(from) })} />
      </div>
      {photos.length > 1 && (
        <div class="vbar">
          <button type="button" class="vbtn" aria-label={t('photo.before')} onClick={() => turn(-1)}><Before /></button>
          <span class="vgap ltr">{now + 1} / {photos.length}</span>
          <button type="button" class="vbtn" aria-label={t('photo.after')} onClick={() => turn(1)}><After /></button>
        </div>
      )}
    </dialog>
  )
}

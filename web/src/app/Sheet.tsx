import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { X } from '../pictures/icons.tsx'
import { t } from '../words/words.ts'

/** A sheet from below, or a dialog in the middle of a wide screen: the browser's own, so focus stays inside and Esc closes it. */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()

  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close()
      }}
    >
      <div class="sheet-in">
        <div class="sheet-top">
          <h2 id={heading}>{title}</h2>
          <button type="button" class="close" aria-label={t('close')} onClick={close}>
            <X />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}

import { useEffect } from 'preact/hooks'

export const SEARCH_ID = 'search'

/** / goes to the search field, down to the first conversation when nothing has the focus, Esc one step back. */
export function useKeys(back: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key === '/' && !typing) {
        event.preventDefault()
        document.getElementById(SEARCH_ID)?.focus()
      } else if (event.key === 'ArrowDown' && event.target === document.body) {
        event.preventDefault()
        document.querySelector<HTMLElement>('.list a.row')?.focus()
      } else if (event.key === 'Escape') {
        if (typing) (event.target as HTMLElement).blur()
        else back()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [back])
}

import { useEffect } from 'preact/hooks'

export const SEARCH_ID = 'search'

/** / goes to the search field, Esc one step back. */
export function useKeys(back: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key === '/' && !typing) {
        event.preventDefault()
        document.getElementById(SEARCH_ID)?.focus()
      } else if (event.key === 'Escape') {
        if (typing) (event.target as HTMLElement).blur()
        else back()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [back])
}

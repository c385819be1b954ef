import { useEffect } from 'preact/hooks'
import { t } from '../words/words.ts'

/** What the window is about, for its tab, its history and a screen reader. */
export function useTitle(about: string): void {
  useEffect(() => {
    document.title = about ? `${about} · ${t('app.name')}` : t('app.name')
  }, [about])
}

import { useRef, useState } from 'preact/hooks'
import { Check, Search } from '../pictures/icons.tsx'
import { answering, calledBy, offered } from '../words/choice.ts'
import { language, t } from '../words/words.ts'
import { hasBalance } from './balance.ts'
import { BalancePicker } from './BalancePicker.tsx'
import { Sheet } from './Sheet.tsx'
import { typedDir } from './written.ts'

interface Props {
  title: string
  now: string
  pick: (tag: string) => void
  close: () => void
  /** It is the language one reads in: then also which wording comes first. */
  reading?: boolean
}

/** All languages, each by its own name in its own letters. Arrows walk through them; who cannot find theirs types any name of it. */
export function LanguageSheet({ title, now, pick, close, reading = false }: Props) {
  const [typed, setTyped] = useState('')
  const [all] = useState(offered)
  const box = useRef<HTMLDivElement>(null)
  const shown = answering(all, typed)

  function walk(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const stops = [...(box.current?.querySelectorAll<HTMLElement>('input, .pick') ?? [])]
    const at = stops.indexOf(document.activeElement as HTMLElement)
    const next = step && at >= 0 ? stops[at + step] : undefined
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <Sheet title={title} close={close}>
      <div ref={box} onKeyDown={walk}>
        <label class="search">
          <Search />
          <input
            type="search"
            dir={typedDir(typed)}
            value={typed}
            autocomplete="off"
            placeholder={t('language.search')}
            aria-label={t('language.search')}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              const only = shown.length === 1 ? shown[0] : undefined
              if (event.key === 'Enter' && !event.isComposing && only) pick(only.tag)
            }}
          />
        </label>
        {reading && hasBalance() && <BalancePicker done={close} />}
        <ul class="langs">
          {shown.map((known) => (
            <li key={known.tag}>
              <button type="button" class={known.tag === now ? 'pick on' : 'pick'} aria-pressed={known.tag === now} onClick={() => pick(known.tag)}>
                <span class="d">
                  <b lang={known.tag} dir={known.dir}>{known.name}</b>
                  <span>{[calledBy(known), t(`language.state.${known.checked}`)].filter(Boolean).join(' · ')}</span>
                </span>
                {known.tag === now && <Check />}
              </button>
            </li>
          ))}
        </ul>
        <p class="fine" role="status">{shown.length === 0 ? t('language.none') : language.value.checked === 'machine' ? t('language.unchecked') : ''}</p>
      </div>
    </Sheet>
  )
}

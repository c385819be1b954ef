import { useId } from 'preact/hooks'

interface Props {
  label: string
  value: string
  set: (value: string) => void
  kind?: 'text' | 'password' | 'code'
  /** What a password keeper is to make of it. */
  keeper?: 'username' | 'current-password' | 'new-password' | 'one-time-code'
  hint?: string
}

/** A labelled line. Names, passwords and codes are written from left to right, whatever the language. */
export function Field({ label, value, set, kind = 'text', keeper, hint }: Props) {
  const id = useId()
  const line = {
    id,
    class: kind === 'code' ? 'field code-field' : 'field',
    dir: 'ltr' as const,
    value,
    autocomplete: keeper ?? 'off',
    autocapitalize: 'none' as const,
    spellcheck: false,
    'aria-describedby': hint ? `${id}-hint` : undefined,
    onInput: (event: InputEvent & { currentTarget: HTMLInputElement }) => set(event.currentTarget.value),
  }
  return (
    <div class="line">
      <label for={id}>{label}</label>
      {kind === 'password' ? <input type="password" {...line} /> : <input type="text" {...line} />}
      {hint && <span id={`${id}-hint`} class="sub">{hint}</span>}
    </div>
  )
}

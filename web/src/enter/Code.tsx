import { useState } from 'preact/hooks'
import { go } from '../app/route.ts'
import { t } from '../words/words.ts'

/** The short code of an invitation, for a phone without a camera. */
export function Code() {
  const [code, setCode] = useState('')
  const whole = code.replace(/[^0-9a-z]/gi, '').length === 8
  return (
    <form
      class="code"
      onSubmit={(event) => {
        event.preventDefault()
        if (whole) go({ at: 'invited', secret: code }, true)
      }}
    >
      <label class="lab">
        {t('code.label')}
        <input
          class="field"
          dir="ltr"
          value={code}
          maxLength={12}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          inputMode="text"
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class={whole ? 'btn go wide' : 'btn wide'} disabled={!whole}>{t('code.open')}</button>
    </form>
  )
}

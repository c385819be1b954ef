import { iso, t } from '../words/words.ts'

/** Recovery codes, shown this once: to print or to write down, with the name one signs in by. */
export function Codes({ codes, names, done }: { codes: readonly string[]; names: readonly string[]; done: () => void }) {
  return (
    <div class="kept">
      {names.length > 0 && <p><b>{t('credential.names', { names: names.map((name) => iso(name)).join(t('comma')) })}</b></p>}
      <p>{t('enrol.codes.text')}</p>
      <ol class="codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}><code>{code}</code></li>
        ))}
      </ol>
      <div class="btns no-print">
        <button type="button" class="btn" onClick={() => print()}>{t('enrol.codes.print')}</button>
        <button type="button" class="btn go" onClick={done}>{t('enrol.codes.done')}</button>
      </div>
    </div>
  )
}

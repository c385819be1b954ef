import { Eye } from '../pictures/icons.tsx'
import type { Reader } from '../wire/protocol.ts'
import { short } from '../words/dates.ts'
import { t } from '../words/words.ts'

/** Under somebody's name: whether and when they have read the conversation. */
export function Reading({ reader }: { reader: Reader | undefined }) {
  if (!reader) return <span class="sub">{t('who.notRead')}</span>
  return (
    <span class="sub reading">
      <Eye small />
      {reader.last === undefined ? t('who.readSome') : t('who.read', { when: short(reader.last) })}
    </span>
  )
}

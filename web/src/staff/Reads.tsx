import type { Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { iso, t } from '../words/words.ts'
import { familyMembers } from './needs.ts'

/** Who will read or hear this, and in what. */
export function Reads({ thread }: { thread: Thread }) {
  return (
    <div class="wtop">
      <p class="to">
        {familyMembers(thread).map(({ id, person }) => {
          const reads = person.reads === undefined || person.reads.length > 0
          const tag = (reads ? person.reads?.[0] : undefined) ?? person.language ?? person.speaks[0] ?? 'nl'
          return <span key={id}>{t(reads ? 'staff.readsIn' : 'staff.hearsIn', { name: iso(person.name), language: iso(ownName(tag)) })}</span>
        })}
      </p>
      <span class="hint">{t('staff.enterSends')}</span>
    </div>
  )
}

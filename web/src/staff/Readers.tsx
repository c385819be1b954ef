import { useReaders } from '../app/readers.ts'
import { roleOf } from '../app/role.ts'
import { Sheet } from '../app/Sheet.tsx'
import { Face } from '../pictures/faces.tsx'
import { short } from '../words/dates.ts'
import { t } from '../words/words.ts'

function saysWhen(first: number | undefined, last: number | undefined): string {
  if (first === undefined || last === undefined) return t('staff.readers.mark')
  if (short(first) === short(last)) return t('who.read', { when: short(last) })
  return t('staff.readers.from', { first: short(first), last: short(last) })
}

/** Who has read this conversation, also who left: by the record of what was shown. */
export function Readers({ thread, close }: { thread: number; close: () => void }) {
  const readers = useReaders(thread)
  return (
    <Sheet title={t('staff.readers')} close={close}>
      <ul class="people" aria-busy={readers === null}>
        {readers?.map(({ person, first, last }) => (
          <li key={person.id} class="person">
            <Face id={person.id} kind="person" />
            <div>
              <b><bdi>{person.name}</bdi></b>
              <span class="sub">{roleOf(person)}</span>
              <span class="sub">{saysWhen(first, last)}</span>
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

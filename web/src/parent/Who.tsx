import { useReaders } from '../app/readers.ts'
import { roleOf } from '../app/role.ts'
import { Sheet } from '../app/Sheet.tsx'
import { Face } from '../pictures/faces.tsx'
import { Download, LogOut, Users } from '../pictures/icons.tsx'
import { end } from '../state/connection.ts'
import { phonesOpen } from '../state/papers.ts'
import { isFamily } from '../state/apply.ts'
import type { Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { t } from '../words/words.ts'
import { Agreed } from './Agreed.tsx'
import { Reading } from './Reading.tsx'

/** Who is in this conversation: faces, names, what they are, what they speak. */
export function Who({ thread, close }: { thread: Thread; close: () => void }) {
  const present = thread.members.filter(({ until }) => until === undefined)
  const school = present.filter(({ person }) => !isFamily(person))
  const family = present.filter(({ person }) => isFamily(person))
  const readers = useReaders(thread.id)
  const before = readers?.filter(({ person }) => !isFamily(person) && !school.some((member) => member.person.id === person.id)) ?? []
  return (
    <Sheet title={t('who.title')} close={close}>
      <ul class="people">
        {[...school, ...family].map(({ id, person, relation }) => (
          <li key={id} class="person">
            <Face id={person.id} kind="person" />
            <div>
              <b><bdi>{person.name}</bdi></b>
              <span class="sub">{roleOf(person, relation)}</span>
              <span class="sub spoken">{person.speaks.map((tag) => <bdi key={tag} lang={tag}>{ownName(tag)}</bdi>)}</span>
              {readers && !isFamily(person) && <Reading reader={readers.find((reader) => reader.person.id === person.id)} />}
            </div>
          </li>
        ))}
      </ul>
      {before.length > 0 && (
        <section class="agreed">
          <h3>{t('who.readBefore')}</h3>
          <ul class="people">
            {before.map((reader) => (
              <li key={reader.person.id} class="person">
                <Face id={reader.person.id} kind="person" />
                <div>
                  <b><bdi>{reader.person.name}</bdi></b>
                  <span class="sub">{roleOf(reader.person)}</span>
                  <Reading reader={reader} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Agreed thread={thread} />
      <div class="btns">
        <a class="btn soft wide" href="/api/export" download="ouderbrug.zip">
          <Download />
          {t('export.button')}
        </a>
        <button
          type="button"
          class="btn soft wide"
          aria-haspopup="dialog"
          onClick={() => {
            close()
            phonesOpen.value = true
          }}
        >
          <Users />
          {t('phones.title')}
        </button>
        <button type="button" class="btn soft wide" onClick={() => void end()}>
          <LogOut />
          {t('signOut')}
        </button>
      </div>
    </Sheet>
  )
}

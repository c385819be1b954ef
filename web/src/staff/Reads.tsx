import { useEffect, useState } from 'preact/hooks'
import { PreviewLine } from '../app/PreviewLine.tsx'
import { Pencil } from '../pictures/icons.tsx'
import { ownLanguage } from '../app/written.ts'
import { ask } from '../state/connection.ts'
import { drafts } from '../state/drafts.ts'
import { may } from '../state/rights.ts'
import type { Preview, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { iso, t } from '../words/words.ts'
import { familyMembers } from './needs.ts'

const PAUSE_MS = 700

/** What the server says this would be to those who read it; asked when the writer pauses, and anew when somebody comes or agrees. */
function usePreview(thread: Thread): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null)
  const body = (drafts.value[thread.id] ?? '').trim()
  useEffect(() => {
    if (!body || !may('preview')) {
      setPreview(null)
      return undefined
    }
    let current = true
    const timer = setTimeout(() => {
      ask('preview', { thread: thread.id, body, language: ownLanguage() }).then(
        (answer) => {
          if (current) setPreview(answer)
        },
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [thread, body])
  return preview
}

/** Who will read or hear this, and in what; while one writes, where the words in each language will come from. */
export function Reads({ thread }: { thread: Thread }) {
  const preview = usePreview(thread)
  const machine = preview?.languages.some(({ source }) => source === 'machine')
  return (
    <div class="wtop">
      <p class="to" aria-live="polite">
        {preview
          ? preview.languages.map((line) => <PreviewLine key={line.language} line={line} thread={thread} />)
          : familyMembers(thread).map(({ id, person }) => {
              const reads = person.reads === undefined || person.reads.length > 0
              const tag = (reads ? person.reads?.[0] : undefined) ?? person.language ?? person.speaks[0] ?? 'nl'
              return <span key={id}>{t(reads ? 'staff.readsIn' : 'staff.hearsIn', { name: iso(person.name), language: iso(ownName(tag)) })}</span>
            })}
        {preview?.topic && machine && <span class="pvl held"><Pencil small />{t('staff.preview.held', { topic: t(`staff.topic.${preview.topic}`) })}</span>}
      </p>
      <span class="hint">{t('staff.enterSends')}</span>
    </div>
  )
}

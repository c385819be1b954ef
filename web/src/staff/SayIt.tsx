import { useState } from 'preact/hooks'
import { AskVoice, Recorder, voiceStands } from '../app/media.tsx'
import { Sheet } from '../app/Sheet.tsx'
import { Text } from '../app/Text.tsx'
import type { Message, Thread } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { sameLanguage, shownTo } from '../words/shown.ts'
import { t } from '../words/words.ts'
import { familyMembers } from './needs.ts'

/** A message said aloud, by who wrote it: it stays with that message, and the family hears it there. */
export function SayIt({ message, thread, close }: { message: Message; thread: Thread; close: () => void }) {
  const theirs = familyMembers(thread).flatMap(({ person }) => person.speaks)
  const languages = [message.language, ...theirs].filter((tag, at, all) => all.findIndex((one) => sameLanguage(one, tag)) === at)
  const [tag, setTag] = useState(message.language)
  const shown = shownTo(message, message.language)
  if (!voiceStands(thread)) return <AskVoice thread={thread} agreed={() => undefined} close={close} />
  return (
    <Sheet title={t('offers.voice')} close={close}>
      {shown?.body && <Text kind="orig" body={shown.body} language={shown.language} direction={shown.direction} />}
      <label class="lab">
        {t('staff.versionLanguage')}
        <select class="fil" value={tag} onChange={(event) => setTag(event.currentTarget.value)}>
          {languages.map((one) => <option key={one} value={one}>{ownName(one)}</option>)}
        </select>
      </label>
      <Recorder thread={thread.id} of={message.seq} language={tag} done={close} />
    </Sheet>
  )
}

import { CallMe, NotUnderstood, Understood } from '../pictures/pictograms.tsx'
import type { Conversation } from '../state/apply.ts'
import { handled } from '../state/connection.ts'
import { may } from '../state/rights.ts'
import type { Message, Reply } from '../wire/protocol.ts'
import { short } from '../words/dates.ts'
import { iso, t } from '../words/words.ts'
import { personIn } from './needs.ts'
import { Offers } from './Offers.tsx'

const PICTURES = { understood: Understood, not_understood: NotUnderstood, call_me: CallMe }

/** The family's answers at the message they answer, with the next steps on them. */
export function Replies({ message, conversation }: { message: Message; conversation: Conversation }) {
  const replies = conversation.replies.filter(({ seq, answer }) => seq === message.seq && answer !== 'none')
  return <>{replies.map((reply) => <One key={reply.person} reply={reply} message={message} conversation={conversation} />)}</>
}

function One({ reply, message, conversation }: { reply: Reply; message: Message; conversation: Conversation }) {
  const { thread } = conversation
  if (reply.answer === 'none') return null
  const Picture = PICTURES[reply.answer]
  const waits = thread.needs?.some(({ seq, person }) => seq === reply.seq && person === reply.person)
  return (
    <footer class="ans">
      <span class="wp"><Picture /></span>
      <span>
        <b>{t(`staff.reply.${reply.answer}`, { name: iso(personIn(thread, reply.person)?.name ?? '') })}</b> · <time>{short(reply.at)}</time>
      </span>
      {waits && reply.answer === 'not_understood' && <Offers message={message} thread={thread} />}
      {waits && reply.answer === 'call_me' && may('handled') && (
        <button type="button" class="lk" onClick={() => void handled(thread.id).catch(() => undefined)}>{t('staff.called')}</button>
      )}
    </footer>
  )
}

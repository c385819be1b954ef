import { Check } from '../pictures/icons.tsx'
import { CallMe, NotUnderstood, Understood } from '../pictures/pictograms.tsx'
import { isFamily, type Conversation } from '../state/apply.ts'
import { answer } from '../state/connection.ts'
import { me } from '../state/store.ts'
import { refused, taps } from '../state/taps.ts'
import type { Answer, Message } from '../wire/protocol.ts'
import { sayProblem } from '../words/problem.ts'
import { t } from '../words/words.ts'

const TILES = [
  { given: 'understood', Picture: Understood },
  { given: 'not_understood', Picture: NotUnderstood },
  { given: 'call_me', Picture: CallMe },
] as const satisfies readonly { given: Answer; Picture: () => unknown }[]

/** The newest message from school that has words: the one that takes an answer. */
export function newestFromSchool({ thread, messages }: Conversation): Message | undefined {
  const fromSchool = (sender: number) => {
    const who = thread.members.find(({ person }) => person.id === sender)?.person
    return who !== undefined && !isFamily(who)
  }
  return [...messages].reverse().find(({ sender, body }) => body !== undefined && fromSchool(sender))
}

/** Three big tiles under the newest message from school. One silent tap; tapping another changes it, tapping it again takes it back. */
export function Answers({ conversation, newest }: { conversation: Conversation; newest: Message }) {
  const { thread, replies } = conversation
  const here = (one: { thread: number; seq: number }) => one.thread === thread.id && one.seq === newest.seq
  const known = replies.find(({ seq, person }) => seq === newest.seq && person === me.value?.id)?.answer
  const now = taps.value.find(here)?.answer ?? known
  const fault = refused.value && here(refused.value.tap) ? sayProblem(refused.value.problem) : ''

  return (
    <>
      <div class="answers" role="group" aria-label={t('answer.label')}>
        {TILES.map(({ given, Picture }) => (
          <button key={given} type="button" class={now === given ? 'tile on' : 'tile'} aria-pressed={now === given} onClick={() => answer(thread.id, newest.seq, now === given ? 'none' : given)}>
            <Picture />
            <span>{t(`answer.${given}`)}</span>
            {now === given && <span class="badge"><Check /></span>}
          </button>
        ))}
      </div>
      <p class="answered" role="status">
        {fault || (now && now !== 'none' ? t(`answer.thanks.${now}`) : '')}
      </p>
    </>
  )
}

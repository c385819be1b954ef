import { useState } from 'preact/hooks'
import { waits } from '../app/consents.ts'
import { Check } from '../pictures/icons.tsx'
import { may } from '../state/rights.ts'
import { me } from '../state/store.ts'
import type { ConsentAnswer, Thread } from '../wire/protocol.ts'
import { t } from '../words/words.ts'
import { part } from '../app/part.tsx'

const ConsentCard = part(() => import('./ConsentCard.tsx').then((it) => it.ConsentCard))

/** What the family is asked now, below the conversation; after the answer a word of thanks in its place. */
export function Questions({ thread }: { thread: Thread }) {
  const [said, setSaid] = useState<ReadonlyMap<number, ConsentAnswer>>(new Map())
  if (!may('consent_answer')) return null
  return (
    <>
      {thread.consents.map((consent) => {
        // Whether one may see further back oneself is for another of the family to say.
        if (consent.kind === 'earlier' && consent.person?.id === me.value?.id) return null
        const answer = said.get(consent.id)
        if (waits(consent)) return <ConsentCard key={consent.id} consent={consent} thread={thread} said={(given) => setSaid(new Map(said).set(consent.id, given))} />
        return answer ? <p key={consent.id} class="event" role="status"><Check /><span>{t(`consent.said.${answer}`)}</span></p> : null
      })}
    </>
  )
}

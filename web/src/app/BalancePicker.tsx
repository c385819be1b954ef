import '../style/reading.css'
import { Check } from '../pictures/icons.tsx'
import { chooseBalance } from '../state/connection.ts'
import type { Balance } from '../wire/protocol.ts'
import { ownName } from '../words/dates.ts'
import { iso, t } from '../words/words.ts'
import { balance, schoolLanguage } from './balance.ts'
import { ownLanguage } from './written.ts'

/** The first letter of a language's own name: a picture for who knows the script. */
function Letter({ tag }: { tag: string }) {
  // Without the Arabic article.
  const name = ownName(tag).replace(/^ال/, '')
  const { segment } = new Intl.Segmenter(tag, { granularity: 'grapheme' }).segment(name)[Symbol.iterator]().next().value ?? { segment: name.charAt(0) }
  return <span lang={tag}>{segment}</span>
}

/** Own language first, the school's first, or both. */
export function BalancePicker({ done }: { done: () => void }) {
  const now = balance()
  const own = ownLanguage()
  const school = schoolLanguage()
  const choices: [Balance, string, string[]][] = [
    ['own', t('balance.first', { language: iso(ownName(own)) }), [own]],
    ['school', t('balance.first', { language: iso(ownName(school)) }), [school]],
    ['both', t('balance.both'), [own, school]],
  ]
  return (
    <div class="balance" role="group" aria-label={t('balance.title')}>
      <h3>{t('balance.title')}</h3>
      <div class="trio">
        {choices.map(([choice, words, letters]) => (
          <button
            key={choice}
            type="button"
            class={choice === now ? 'pick on' : 'pick'}
            aria-pressed={choice === now}
            onClick={() => {
              void chooseBalance(choice).catch(() => undefined)
              done()
            }}
          >
            <span class="letters" aria-hidden="true">{letters.map((tag) => <Letter key={tag} tag={tag} />)}</span>
            <span>{words}</span>
            {choice === now && <Check small />}
          </button>
        ))}
      </div>
    </div>
  )
}

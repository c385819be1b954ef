import './papers.css'
import { useEffect, useState } from 'preact/hooks'
import { LanguageSheet } from '../app/LanguageSheet.tsx'
import { Back, Languages } from '../pictures/icons.tsx'
import { Mark } from '../pictures/mark.tsx'
import { papers } from '../state/papers.ts'
import { iso, language as spoken, t, wordsOf, type Words } from '../words/words.ts'
import { Paper } from './Paper.tsx'
import { Printer } from './pictures.tsx'

/** The pages of invitations, one each, as they will be printed. They are gone with this screen: nothing keeps them. */
export function Papers() {
  const { list, help, school, language } = papers.value ?? { list: { invitations: [], address: '' }, help: '', school: '', language: 'nl' }
  const [words, setWords] = useState<ReadonlyMap<string, Words> | null>(null)
  /** Another language than the one the school knows of the family; empty: that one. */
  const [chosen, setChosen] = useState('')
  const [choosing, setChoosing] = useState(false)
  const only = list.invitations.length === 1 ? list.invitations[0] : undefined
  const ownOf = (tag: string | undefined) => words?.get(chosen || (tag ?? language)) ?? (words?.get(language) as Words)

  useEffect(() => {
    const tags = [...new Set([language, ...(chosen ? [chosen] : []), ...list.invitations.map(({ person }) => person.language ?? language)])]
    void Promise.all(tags.map(async (tag) => [tag, await wordsOf(tag)] as const)).then((all) => setWords(new Map(all)))
  }, [chosen])

  return (
    <main class="papers">
      <div class="papers-bar">
        <button type="button" class="btn soft" onClick={() => { papers.value = null }}>
          <Back />
          {t('back')}
        </button>
        <p class="fine">{t('papers.note', { count: list.invitations.length })}</p>
        {only && words && (
          <button type="button" class="lang" aria-haspopup="dialog" aria-label={t('paper.language', { name: ownOf(only.person.language).language.name })} onClick={() => setChoosing(true)}>
            <Languages />
            <span>{ownOf(only.person.language).language.name}</span>
          </button>
        )}
        <button type="button" class="btn go" disabled={!words} onClick={() => print()}>
          <Printer />
          {t('papers.print')}
        </button>
      </div>
      {words ? list.invitations.map((invitation) => (
        <Paper
          key={invitation.code}
          invitation={invitation}
          address={list.address}
          phone={list.phone ?? ''}
          help={iso(help)}
          school={school}
          own={ownOf(invitation.person.language)}
          dutch={words.get(language) as Words}
        />
      )) : <Mark />}
      {choosing && (
        <LanguageSheet
          title={t('paper.languageTitle')}
          now={chosen || (only?.person.language ?? spoken.value.tag)}
          close={() => setChoosing(false)}
          pick={(tag) => {
            setChosen(tag)
            setChoosing(false)
          }}
        />
      )}
    </main>
  )
}

import './papers.css'
import { useEffect, useState } from 'preact/hooks'
import { Back } from '../pictures/icons.tsx'
import { Mark } from '../pictures/mark.tsx'
import { papers } from '../state/papers.ts'
import { iso, t, wordsOf, type Words } from '../words/words.ts'
import { Paper } from './Paper.tsx'
import { Printer } from './pictures.tsx'

/** The pages of invitations, one each, as they will be printed. They are gone with this screen: nothing keeps them. */
export function Papers() {
  const { list, help, school, language } = papers.value ?? { list: { invitations: [], address: '' }, help: '', school: '', language: 'nl' }
  const [words, setWords] = useState<ReadonlyMap<string, Words> | null>(null)

  useEffect(() => {
    const tags = [...new Set([language, ...list.invitations.map(({ person }) => person.language ?? language)])]
    void Promise.all(tags.map(async (tag) => [tag, await wordsOf(tag)] as const)).then((all) => setWords(new Map(all)))
  }, [])

  return (
    <main class="papers">
      <div class="papers-bar">
        <button type="button" class="btn soft" onClick={() => { papers.value = null }}>
          <Back />
          {t('back')}
        </button>
        <p class="fine">{t('papers.note', { count: list.invitations.length })}</p>
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
          own={words.get(invitation.person.language ?? language) as Words}
          dutch={words.get(language) as Words}
        />
      )) : <Mark />}
    </main>
  )
}

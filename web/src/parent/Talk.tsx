import { Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Composer } from '../app/Composer.tsx'
import { PhraseButton } from '../app/PhraseButton.tsx'
import { SearchButton } from '../app/SearchButton.tsx'
import { LanguageButton } from '../app/LanguagePicker.tsx'
import { OfflineBar } from '../app/OfflineBar.tsx'
import { useTitle } from '../app/useTitle.ts'
import { useFlow } from '../app/useFlow.ts'
import { go, place } from '../app/route.ts'
import { Back } from '../pictures/icons.tsx'
import { Face } from '../pictures/faces.tsx'
import type { Conversation } from '../state/apply.ts'
import { watch } from '../state/connection.ts'
import { language, t } from '../words/words.ts'
import { entriesOf } from '../app/entries.ts'
import { outbox } from '../state/outbox.ts'
import { Answers, newestFromSchool } from './Answers.tsx'
import { Entry } from './Entry.tsx'
import { Questions } from './Consents.tsx'
import { part } from '../app/part.tsx'

const Who = part(() => import('./Who.tsx').then((it) => it.Who))

export function Talk({ conversation, alone }: { conversation: Conversation; alone: boolean }) {
  const { thread } = conversation
  const [who, setWho] = useState(false)
  const flow = useFlow(conversation, place.value.at === 'thread' ? place.value : undefined)
  const { shown } = flow
  useTitle(thread.pupil.given)
  const mentor = thread.members.find(({ person, until }) => person.role === 'mentor' && until === undefined)
  const newest = newestFromSchool(conversation)
  const entries = entriesOf(shown, outbox.value)

  useEffect(() => {
    watch(thread.id)
    return () => watch(0)
  }, [thread.id])

  return (
    <div class="phone">
      <header class={alone ? 'top' : 'top has-back'}>
        {!alone && (
          <button type="button" class="back" aria-label={t('back')} onClick={() => go({ at: 'home' })}>
            <Back />
          </button>
        )}
        <button type="button" class="duo" aria-haspopup="dialog" aria-label={t('who.title')} onClick={() => setWho(true)}>
          <Face id={thread.pupil.id} kind="pupil" />
          {mentor && <Face id={mentor.person.id} kind="person" />}
        </button>
        <div class="top-t">
          <h1>
            <bdi>{thread.pupil.given}</bdi>
            {thread.pupil.class && <> · <bdi>{thread.pupil.class.name}</bdi></>}
          </h1>
          {mentor && (
            <p>
              <bdi>{mentor.person.name}</bdi>
              <span class="job">{t('comma')} {t('role.mentor')}</span>
            </p>
          )}
        </div>
        <SearchButton />
        <LanguageButton />
      </header>
      <OfflineBar />
      <main class="flow" ref={flow.ref} onScroll={flow.onScroll}>
        <div class="spring" />
        {shown.loaded && shown.older && (
          <button type="button" class="btn soft" onClick={flow.loadOlder}>
            {t('flow.older')}
          </button>
        )}
        <div class="log" role="log" aria-label={t('flow.label')} aria-live="polite" aria-busy={!shown.loaded} lang={language.value.tag}>
          {entries.map((entry) => (
            <Fragment key={entry.key}>
              <Entry entry={entry} thread={thread} />
              {newest && entry.kind === 'message' && entry.message.seq === newest.seq && <Answers conversation={conversation} newest={newest} />}
            </Fragment>
          ))}
        </div>
        {!shown.newer && <Questions thread={thread} />}
        {(flow.below > 0 || shown.newer) && (
          <button type="button" class="btn jump" onClick={flow.toEnd}>
            {shown.newer ? t('flow.newest') : t('flow.below', { count: flow.below })}
          </button>
        )}
      </main>
      <Composer thread={thread.id} before={<PhraseButton thread={thread} forFamily />} />
      {who && <Who thread={thread} close={() => setWho(false)} />}
    </div>
  )
}

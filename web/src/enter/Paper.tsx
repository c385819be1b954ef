import type { ComponentChildren } from 'preact'
import { Mark } from '../pictures/mark.tsx'
import type { Invitation } from '../wire/protocol.ts'
import { dayIn } from '../words/dates.ts'
import { iso, type Words } from '../words/words.ts'
import { CallMe } from '../pictures/pictograms.tsx'
import { Family, Globe, House, Phone, School, Speaks, Square, Teacher } from './paperPictures.tsx'
import { Calendar, CircleCheck, Lock } from './pictures.tsx'
import { Qr } from './Qr.tsx'

interface Props {
  invitation: Invitation
  address: string
  phone: string
  /** Whom to call. */
  help: string
  school: string
  /** The family's language, and the school's beside it. */
  own: Words
  dutch: Words
}

/** One A4: an invitation in the family's language with the school's beside it, the same pictures as in the app. */
export function Paper({ invitation, address, phone, help, school, own, dutch }: Props) {
  const { person, pupils, code, size, modules, until } = invitation
  const beside = own.language.tag !== dutch.language.tag
  /** A sentence in the family's language, and under it in the school's. */
  const both = (key: string, values: (words: Words) => Record<string, string> = () => ({})): ComponentChildren => (
    <>
      <b>{own.t(key, values(own))}</b>
      {beside && <span lang={dutch.language.tag} dir={dutch.language.dir}>{dutch.t(key, values(dutch))}</span>}
    </>
  )
  const about = (words: Words) => {
    const name = pupils.map(({ given }) => iso(given)).join(words.t('comma') + ' ')
    const classes = [...new Set(pupils.map((pupil) => pupil.class?.name ?? ''))]
    return classes.length === 1 && classes[0] ? words.t('paper.for', { name, class: iso(classes[0]) }) : words.t('paper.forFamily', { name })
  }
  return (
    <article class="a4" lang={own.language.tag} dir={own.language.dir}>
      <header class="a4-top" dir={dutch.language.dir} lang={dutch.language.tag}>
        <span class="brand"><Mark /><b>{dutch.t('app.name')}</b></span>
        <bdi class="a4-who">{person.name}</bdi>
        <bdi class="a4-school">{school}</bdi>
      </header>
      <section class="a4-hero" dir={own.language.dir}>
        <svg class="a4-arch" viewBox="0 0 680 190" aria-hidden="true">
          <path d="M0 168h680" stroke="#DED4C4" stroke-width="3" />
          <path d="M120 166C172 62 256 30 347 30s175 32 227 136" fill="none" stroke="#0F5F66" stroke-width="9" stroke-linecap="round" />
          <path d="M120 166h454" stroke="#0F5F66" stroke-width="9" stroke-linecap="round" />
          <path d="M347 32v132M277 40v124M417 40v124M212 64v100M482 64v100" stroke="#0F5F66" stroke-width="3" opacity=".22" />
        </svg>
        <span class="a4-at home"><House /></span>
        <span class="a4-at sch"><School /></span>
        <span class="a4-at folk"><Family /></span>
        <span class="a4-at tea"><Teacher /></span>
        <span class="a4-say us">{own.t('paper.hello')}</span>
        <span class="a4-say them" lang={dutch.language.tag} dir={dutch.language.dir}>{dutch.t('paper.hello')}</span>
      </section>
      <h1>{own.t('paper.title')}</h1>
      {beside && <p class="a4-second" lang={dutch.language.tag} dir={dutch.language.dir}>{dutch.t('paper.title')}</p>}
      {pupils.length > 0 && (
        <p class="a4-for">
          <span>{about(own)}</span>
          {beside && <><i aria-hidden="true" /><span lang={dutch.language.tag} dir={dutch.language.dir}>{about(dutch)}</span></>}
        </p>
      )}
      <section class="a4-open">
        <div class="a4-qr"><Qr size={size} modules={modules} label={own.t('paper.square')} mark /></div>
        <ol>
          <li><span class="n">1</span><span class="stack"><Phone /><Square /></span><div>{both('paper.scan')}</div></li>
          <li><span class="n">2</span><Globe /><div>{both('paper.choose')}</div></li>
          <li><span class="n">3</span><Speaks /><div>{both('paper.talk')}</div></li>
        </ol>
      </section>
      <section class="a4-trust">
        <div><CircleCheck /><p>{both('paper.free')}</p></div>
        <div><Lock /><p>{both('paper.only')}</p></div>
        <div><Calendar /><p>{both('paper.until', (words) => ({ date: dayIn(words, until, person.speaks) }))}</p></div>
      </section>
      <footer class="a4-help">
        <CallMe />
        <div>{both('paper.help', () => ({ name: help }))}</div>
        {phone && <div class="num" dir="ltr">{phone}</div>}
      </footer>
      <p class="a4-code">
        <span>{own.t('paper.type')}</span>
        <b dir="ltr">{`${address}/#${code}`}</b>
        {beside && <span lang={dutch.language.tag} dir={dutch.language.dir}>{dutch.t('paper.type')}</span>}
      </p>
    </article>
  )
}

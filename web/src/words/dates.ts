// Days and times as people say them: the Gregorian date always, the family's calendar beside it, by its name.

import { me } from '../state/store.ts'
import { CALENDARS, intlTag, isNamed, localesOf, numbersIn } from './intl.ts'
import { language, languages, ownDates, t, type OwnDates, type Words } from './words.ts'

/** The reader's own region where we know it: December is كانون الأول in Syria and ديسمبر in Egypt. */
function dateLocales(): string[] {
  const { tag } = language.value
  return localesOf(me.value?.speaks.find((one) => one.startsWith(`${tag}-`)) ?? tag)
}

let cache = new Map<string, Intl.DateTimeFormat>()
let cachedFor = ''

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const here = dateLocales()
  if (cachedFor !== here[0]) {
    cache = new Map()
    cachedFor = here[0] ?? ''
  }
  let found = cache.get(name)
  if (!found) {
    found = new Intl.DateTimeFormat(here, { calendar: 'gregory', ...options })
    cache.set(name, found)
  }
  return found
}

export function dayOf(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

/** In the words of the language's own file: browsers print "M11 21, Sat" in a language they hardly know. */
function ownDay(names: OwnDates, at: number): string {
  const date = new Date(at)
  return names.pattern
    .replace('{weekday}', names.weekdays[date.getDay()] ?? '')
    .replace('{day}', String(date.getDate()))
    .replace('{month}', names.months[date.getMonth()] ?? '')
}

function daysAgo(at: number, now: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}

/** 08:52 */
export function time(at: number): string {
  return format('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** Today · Tuesday 1 December */
export function day(at: number, now: number = Date.now()): string {
  const other = new Date(at).getFullYear() !== new Date(now).getFullYear()
  const year = other ? ({ year: 'numeric' } as const) : {}
  const own = ownDates.value
  const date = own ? `${ownDay(own, at)}${other ? ` ${new Date(at).getFullYear()}` : ''}` : format(`day${Object.keys(year).length}`, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(at)
  const ago = daysAgo(at, now)
  if (ago === 0) return t('date.today', { date })
  if (ago === 1) return t('date.yesterday', { date })
  return date
}

/** The same day in the family's calendar, with the calendar's name where it could be mistaken; empty where it has none. */
export function familyDay(at: number): string {
  const calendar = CALENDARS[language.value.tag]
  if (!calendar) return ''
  const own = ownDates.value?.[calendar === 'ethiopic' ? 'ethiopic' : 'persian']
  if (own) {
    const { year, month, day: number } = numbersIn(calendar, at)
    const date = `${number} ${own[month - 1] ?? ''}`
    return calendar === 'ethiopic' ? t('date.ethiopic', { date }) : `${date} ${year}`
  }
  const date = format('family', { calendar, day: 'numeric', month: 'long', year: calendar === 'ethiopic' ? undefined : 'numeric' }).format(at)
  return calendar === 'ethiopic' ? t('date.ethiopic', { date }) : date
}

/** For a list: the time today, "yesterday", the day before that. */
export function short(at: number, now: number = Date.now()): string {
  const ago = daysAgo(at, now)
  if (ago === 0) return time(at)
  if (ago === 1) return t('date.yesterdayShort')
  const own = ownDates.value
  if (own) return `${new Date(at).getDate()} ${own.months[new Date(at).getMonth()] ?? ''}`
  return format('short', { day: 'numeric', month: 'short' }).format(at)
}

/** Until when: the day, without the hour; with the year where it is another. */
export function untilDay(at: number): string {
  const own = ownDates.value
  const year = new Date(at).getFullYear() === new Date().getFullYear() ? '' : ` ${new Date(at).getFullYear()}`
  if (own) return `${new Date(at).getDate()} ${own.months[new Date(at).getMonth()] ?? ''}${year}`
  return format('until', { day: 'numeric', month: 'long', ...(year ? { year: 'numeric' } : {}) }).format(at)
}

/** All of it: on tap or hover. */
export function full(at: number): string {
  if (ownDates.value) return `${ownDay(ownDates.value, at)} ${new Date(at).getFullYear()} ${time(at)}`
  return format('full', { dateStyle: 'full', timeStyle: 'short' }).format(at)
}

/** What a language is called by the reader; by itself, where Intl would say it in the browser's own. */
export function languageName(tag: string): string {
  if (!isNamed(language.value.tag)) return ownName(tag)
  try {
    return new Intl.DisplayNames([intlTag(language.value.tag)], { type: 'language' }).of(intlTag(tag)) ?? tag
  } catch {
    return tag
  }
}

/** What a language calls itself. */
export function ownName(tag: string): string {
  const base = tag.split('-')[0] ?? tag
  const ours = languages.find((one) => one.tag === base)
  if (ours) return ours.name
  if (!isNamed(base)) return tag
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(base) ?? tag
    // As a name on its own: українська becomes Українська.
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
  } catch {
    return tag
  }
}

/** A day without its hour: 15 December. */
export function dayOnly(at: number): string {
  return ownDates.value ? `${new Date(at).getDate()} ${ownDates.value.months[new Date(at).getMonth()] ?? ''}` : format('dayOnly', { day: 'numeric', month: 'long' }).format(at)
}

/** The same in a language that the app does not speak now. */
export function dayIn(words: Words, at: number, speaks: readonly string[] = []): string {
  const { language: of, dates } = words
  const region = speaks.find((one) => one.startsWith(`${of.tag}-`))
  if (dates) return `${new Date(at).getDate()} ${dates.months[new Date(at).getMonth()] ?? ''}`
  return new Intl.DateTimeFormat(localesOf(region ?? of.tag), { calendar: 'gregory', day: 'numeric', month: 'long' }).format(at)
}

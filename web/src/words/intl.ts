// What Intl calls our languages, and what it does not know of them. Intl falls back to the browser's own language without a word: whatever
// asks it goes through here. Also read by scripts/check-locales.mjs.

/** Tags that Intl has no data for, and the nearest it has. */
const NEAREST: Record<string, string> = { prs: 'fa-AF', kmr: 'ku', pbu: 'ps' }

/** Chromium ships no names of months, days and languages for these: their files in locales/ bring `dates`. */
export const UNNAMED: readonly string[] = ['ckb', 'kmr', 'ps', 'so', 'ti']

/** The calendar that families keep beside the Gregorian one. */
export const CALENDARS: Record<string, string> = {
  ar: 'islamic-umalqura',
  fa: 'persian',
  prs: 'persian',
  ps: 'persian',
  ti: 'ethiopic',
  am: 'ethiopic',
}

/** Other tags of our languages, as browsers and other programs send them. */
const SAME: Record<string, string> = { pes: 'fa', 'fa-af': 'prs', pbu: 'ps', ku: 'kmr', 'ku-arab': 'ckb', in: 'id' }

/** The language of a tag, by our own name for it: ar-SY is ar, fa-AF is prs. */
export function baseOf(tag: string): string {
  const lower = tag.toLowerCase()
  const first = lower.split('-')[0] ?? lower
  return SAME[lower] ?? SAME[first] ?? first
}

export function intlTag(tag: string): string {
  return NEAREST[tag] ?? tag
}

/** For Intl: with our own digits, also where it lacks the language and would count in those of the browser's own. */
export function localesOf(tag: string): string[] {
  return [`${intlTag(tag)}-u-nu-latn`, 'en-u-nu-latn']
}

/** Whether Intl knows the names of days, months and languages in this one. */
export function isNamed(tag: string): boolean {
  return Intl.DateTimeFormat.supportedLocalesOf(intlTag(tag)).length > 0
}

const counters = new Map<string, Intl.DateTimeFormat>()

/** A day in a calendar, as numbers; month 1 is the first. In the time zone of this machine. */
export function numbersIn(calendar: string, at: number): { year: number; month: number; day: number } {
  let counter = counters.get(calendar)
  if (!counter) {
    counter = new Intl.DateTimeFormat('en-u-nu-latn', { calendar, year: 'numeric', month: 'numeric', day: 'numeric' })
    counters.set(calendar, counter)
  }
  const parts = counter.formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}

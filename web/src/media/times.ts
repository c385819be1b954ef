import { intlTag } from '../words/intl.ts'
import { language } from '../words/words.ts'

/** 1:05, in the digits that the reader's times have. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** 1,5 or 1.5 */
export function number(value: number): string {
  return new Intl.NumberFormat([intlTag(language.value.tag), 'en'], { maximumFractionDigits: 2, numberingSystem: 'latn' }).format(value)
}

export function percent(part: number): string {
  return new Intl.NumberFormat([intlTag(language.value.tag), 'en'], { style: 'percent', numberingSystem: 'latn' }).format(part)
}

/** 240 kB */
export function size(bytes: number): string {
  const mega = bytes >= 1_000_000
  return new Intl.NumberFormat([intlTag(language.value.tag), 'en'], { style: 'unit', unit: mega ? 'megabyte' : 'kilobyte', maximumFractionDigits: mega ? 1 : 0, numberingSystem: 'latn' })
    .format(bytes / (mega ? 1e6 : 1e3))
}

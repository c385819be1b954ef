// The calendars that families keep beside the Gregorian one, by arithmetic, as the server counts them (bridge/text/calendar.c): what is seen before sending
// is what is sent, whatever the browser knows.

export type FamilyCalendar = 'persian' | 'ethiopic'

const ETHIOPIC_EPOCH = 1723856
const PERSIAN_EPOCH = 1948320
const FOUR_YEARS = 1461

/** The Julian day number at noon. */
const julianDay = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / 86_400_000 + 2440588

/** A Gregorian day in it; month 1 is the first. */
export function calendarDay(calendar: FamilyCalendar, year: number, month: number, day: number): { year: number; month: number; day: number } {
  const whole = Math.floor
  if (calendar === 'ethiopic') {
    const days = julianDay(year, month, day) - ETHIOPIC_EPOCH, inFour = days % FOUR_YEARS, last = whole(inFour / (FOUR_YEARS - 1))
    const inYear = (inFour % 365) + 365 * last
    return { year: 4 * whole(days / FOUR_YEARS) + whole(inFour / 365) - last, month: whole(inYear / 30) + 1, day: (inYear % 30) + 1 }
  }
  const days = julianDay(year, month, day) - PERSIAN_EPOCH, own = 1 + whole((33 * days + 3) / 12053)
  const inYear = days - (365 * (own - 1) + whole((8 * own + 21) / 33)), at = inYear < 216 ? whole(inYear / 31) : whole((inYear - 6) / 30)
  return { year: own, month: at + 1, day: inYear - (at <= 6 ? at * 31 : at * 30 + 6) + 1 }
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarDay } from './calendar.ts'

test('each day of sixty years is the one that Intl says, in both calendars', () => {
  for (const calendar of ['persian', 'ethiopic'] as const) {
    const format = new Intl.DateTimeFormat('en-u-nu-latn', { calendar, year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' })
    for (let at = Date.UTC(2000, 0, 1); at < Date.UTC(2060, 0, 1); at += 86_400_000) {
      const parts = format.formatToParts(at), part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
      const date = new Date(at)
      assert.deepEqual(
        calendarDay(calendar, date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()),
        { year: part('year'), month: part('month'), day: part('day') },
        `${date.toISOString()} ${calendar}`,
      )
    }
  }
})

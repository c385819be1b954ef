import { day, familyDay } from '../words/dates.ts'

/** The day, and under it the same day in the family's calendar. */
export function Day({ at }: { at: number }) {
  const beside = familyDay(at)
  return (
    <div class="day">
      <b>{day(at)}</b>
      {beside && <span>{beside}</span>}
    </div>
  )
}

// A language's words in two parts: `locales/ar.json?part=family` is what a family's first screens say, `?part=school` the words of the school's
// own screens, which a family's phone gets later and needs hardly ever. So a language may grow while the first load stays small.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keys of the school's own screens: the staff's, the administrator's, the door, the printed paper, the phrase list. */
const SCHOOL = /^(admin|credential|door|enrol|invite|notes|papers?|phrase|staff|offers|plain|spoken)\./
/** Of these, what a family sees too. */
const FAMILY_TOO = ['door.staff', 'paper.square', 'phrase.fetching', 'phrase.part.date', 'phrase.part.place']
const ASKED = /[\\/]locales[\\/]([a-z]+)\.json\?part=(family|school)$/
/** What such a part is called inside the build: no JSON, or Vite would read it again. */
export const PART = /^\0words-(family|school)-([a-z]+)$/

/** One part of a language's file. */
export function partOf(file, part) {
  const own = Object.entries(file.messages).filter(([key]) => (SCHOOL.test(key) && !FAMILY_TOO.includes(key)) === (part === 'school'))
  const messages = Object.fromEntries(own)
  return part === 'school' ? { messages } : { ...file, messages }
}

export default function words(folder) {
  return {
    name: 'words',
    enforce: 'pre',
    resolveId(source) {
      const [, tag, part] = ASKED.exec(source) ?? []
      return part ? `\0words-${part}-${tag}` : undefined
    },
    load(id) {
      const [, part, tag] = PART.exec(id) ?? []
      if (!part) return undefined
      const path = join(folder, `${tag}.json`)
      this.addWatchFile(path)
      return `export default ${JSON.stringify(partOf(JSON.parse(readFileSync(path, 'utf8')), part))}`
    },
  }
}

// Takes the pictograms in use out of OpenMoji, smaller: without ids and empty groups, coordinates rounded. What it wrote is in the tree; run it again when a
// picture is added to NAMES.
//
//   npm pack openmoji@17.0.0 && tar xzf openmoji-17.0.0.tgz && node scripts/pictograms.mjs package/color/svg
import { readFileSync, writeFileSync } from 'node:fs'

export const NAMES = {
  alarm: '1F6A8',
  ambulance: '1F691',
  bag: '1F392',
  bandage: '1FA79',
  bed: '1F6CF',
  bike: '1F6B2',
  birthday: '1F382',
  books: '1F4DA',
  bus: '1F68C',
  calendar: '1F4C5',
  celebrate: '1F389',
  clock: '1F552',
  closed: '26D4',
  coat: '1F9E5',
  coffee: '2615',
  cooking: '1F373',
  dentist: '1F9B7',
  doctor: '1FA7A',
  food: '1F37D',
  form: '1F4CB',
  friends: '1F46D',
  get_well: '1F490',
  glasses: '1F453',
  gym: '1F45F',
  hands: '1F91D',
  help: '1FAF6',
  holiday: '1F3D6',
  homework: '270F',
  house: '1F3E0',
  ill: '1F912',
  interpreter: '1F5E3',
  laptop: '1F4BB',
  late: '23F0',
  letter: '2709',
  lice: '1F41C',
  lock: '1F512',
  lunch: '1F96A',
  medicine: '1F48A',
  meeting: '1F465',
  miss: '1FAC2',
  money: '1F4B6',
  moon: '1F319',
  no: '274C',
  no_phone: '1F4F5',
  parents_evening: '1F46A',
  pass: '1FAAA',
  phone: '1F4DE',
  photo: '1F4F7',
  quarrel: '1F5EF',
  question: '2753',
  read: '1F4D6',
  report: '1F4C4',
  safe: '1F6E1',
  school: '1F3EB',
  sign: '1F58A',
  smile: '1F642',
  snow: '1F328',
  sorry: '1F647',
  star: '1F31F',
  sun: '2600',
  swimming: '1F3CA',
  talk: '1F4AC',
  teacher: '1F9D1-200D-1F3EB',
  test: '1F4DD',
  thanks: '1F64F',
  timetable: '1F5D3',
  tired: '1F62A',
  trip: '1F5FA',
  vaccination: '1F489',
  wait: '23F3',
  warning: '26A0',
  welcome_back: '1F44B',
  work: '1F9F0',
  worried: '1F61F',
  yes: '2705',
}

const round = (number) => String(Math.round(Number(number) * 10) / 10)

/** The drawing, with every path and colour it had. */
export function smaller(svg) {
  return svg
    .replace(/<\?xml[^>]*>|<!--[\s\S]*?-->/g, '')
    .replace(/\s(?:id|class|stroke-miterlimit)="[^"]*"/g, '')
    .replace(/(\sd|\spoints|\sc?[xy][12]?|\sr[xy]?|\swidth|\sheight)="([^"]*)"/g, (_, name, value) => `${name}="${value.replace(/-?\d*\.\d+/g, (number, at) => {
      const short = round(number)
      // Two numbers that stood together by their points, as in 0.5.5, must not become one.
      return at > 0 && /[\d.]/.test(value[at - 1]) && !short.startsWith('-') ? ` ${short}` : short
    })}"`)
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .replace(/<g\s*\/>|<g><\/g>/g, '')
    .replace(/ \/>/g, '/>')
    .trim()
}

if (process.argv[2])
  for (const [name, code] of Object.entries(NAMES))
    writeFileSync(new URL(`../src/pictures/openmoji/${name}.svg`, import.meta.url), `${smaller(readFileSync(`${process.argv[2]}/${code}.svg`, 'utf8'))}\n`)

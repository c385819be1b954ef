import list from '../../../locales/phrases/list.json'
import { pictures } from '../pictures/phrases.ts'

const names = new Map(list.phrases.map(({ key, picture }) => [key, picture]))

/** The address of a phrase's picture. */
export function pictureOf(phrase: string): string | undefined {
  return pictures[names.get(phrase) ?? '']
}

// What in a text a family may not understand, or a translator gets wrong: long sentences, school words, idiom. Pure; the words come from
// locales/jargon/ and from what the school wrote down itself.

export interface Entry {
  /** The forms it is written in. */
  say: readonly string[]
  instead: string
}

export interface Jargon {
  language: string
  /** More words than this make a sentence long. */
  longSentence: number
  jargon: readonly Entry[]
  idioms: readonly Entry[]
}

export interface Hint {
  kind: 'jargon' | 'idiom' | 'long'
  /** Where in the text, in UTF-16 code units. */
  from: number
  to: number
  /** What to say instead; nothing for a long sentence. */
  instead?: string
}

interface Word {
  folded: string
  from: number
  to: number
}

/** Case, marks and the kind of apostrophe do not matter. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()
}

function wordsIn(text: string, language: string): Word[] {
  const words: Word[] = []
  for (const { segment, index, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text))
    if (isWordLike) words.push({ folded: fold(segment), from: index, to: index + segment.length })
  return words
}

/** The forms by their first word, the longest first. */
export class Plain {
  private readonly forms = new Map<string, { words: string[]; kind: 'jargon' | 'idiom'; instead: string }[]>()
  private readonly language: string
  private readonly longSentence: number

  constructor(list: Jargon, own: readonly Entry[] = []) {
    this.language = list.language
    this.longSentence = list.longSentence
    // The school's own words come after, and so instead of, those that are for everyone.
    for (const [kind, entries] of [['jargon', list.jargon], ['idiom', list.idioms], ['jargon', own]] as const)
      for (const { say, instead } of entries) for (const form of say) this.add(form, kind, instead)
    for (const all of this.forms.values()) all.sort((a, b) => b.words.length - a.words.length)
  }

  private add(form: string, kind: 'jargon' | 'idiom', instead: string): void {
    const words = wordsIn(form, this.language).map(({ folded }) => folded)
    const first = words[0]
    if (first === undefined) return
    const known = (this.forms.get(first) ?? []).filter((other) => other.words.join(' ') !== words.join(' '))
    this.forms.set(first, [...known, { words, kind, instead }])
  }

  /** In the order of the text; a word is named once. */
  hints(text: string): Hint[] {
    const words = wordsIn(text, this.language)
    const hints: Hint[] = []
    const named = new Set<string>()
    for (let i = 0; i < words.length; i++) {
      const first = words[i]
      if (!first) break
      // Words stand together only where nothing but space is between them: not across the end of a sentence.
      const match = this.forms.get(first.folded)?.find((form) => {
        const last = words[i + form.words.length - 1]
        return last && form.words.every((word, k) => words[i + k]?.folded === word) && !/[.!?;:\n]\s/.test(text.slice(first.from, last.to))
      })
      const last = match && words[i + match.words.length - 1]
      if (!match || !last) continue
      if (!named.has(match.words.join(' '))) hints.push({ kind: match.kind, from: first.from, to: last.to, instead: match.instead })
      named.add(match.words.join(' '))
      i += match.words.length - 1
    }
    for (const { segment, index } of new Intl.Segmenter(this.language, { granularity: 'sentence' }).segment(text))
      if (wordsIn(segment, this.language).length > this.longSentence) hints.push({ kind: 'long', from: index, to: index + segment.trimEnd().length })
    return hints.sort((a, b) => a.from - b.from || b.to - a.to)
  }
}

/** The text with the plainer word in the place of the other, with a capital where there was one. */
export function replaced(text: string, { from, to, instead = '' }: Hint): string {
  const first = text.slice(from, from + 1)
  const capital = first !== first.toLowerCase()
  const word = capital ? instead.charAt(0).toUpperCase() + instead.slice(1) : instead
  return text.slice(0, from) + word + text.slice(to)
}

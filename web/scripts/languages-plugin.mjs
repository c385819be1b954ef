// The heads of all locales/*.json as one small module, `virtual:languages`: the language picker needs every name, but only one language's
// words. Importing the heads from the files themselves would pull all words into the first load.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export default function languages(folder) {
  const id = '\0virtual:languages'
  const read = () =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => {
        const text = readFileSync(join(folder, file))
        // Which words somebody read when they agreed to something: the version of the file.
        return { ...JSON.parse(String(text)).language, words: createHash('sha256').update(text).digest('hex').slice(0, 16) }
      })
  return {
    name: 'languages',
    resolveId: (source) => (source === 'virtual:languages' ? id : undefined),
    load: (source) => (source === id ? `export default ${JSON.stringify(read())}` : undefined),
  }
}

// The heads of all locales/*.json as one small module, `virtual:languages`: the language picker needs every name, but only one language's
// words. Importing the heads from the files themselves would pull all words into the first load.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export default function languages(folder) {
  const id = '\0virtual:languages'
  const read = () =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).language)
  return {
    name: 'languages',
    resolveId: (source) => (source === 'virtual:languages' ? id : undefined),
    load: (source) => (source === id ? `export default ${JSON.stringify(read())}` : undefined),
  }
}

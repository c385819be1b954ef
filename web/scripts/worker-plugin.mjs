// dist/sw.js: the service worker, told which files make the shell of this build. Its bytes change when any of them does, and only then.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What every start needs. Other chunks and fonts are kept when they are first used. */
function shellOf(html, bundle) {
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1])
  const words = Object.keys(bundle).filter((name) => /^assets\/words-.*\.js$/.test(name)).map((name) => `/${name}`)
  return [...new Set(['/', ...named, ...words])].sort()
}

export default function worker(source) {
  let folder
  return {
    name: 'worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = config.publicDir
    },
    generateBundle(_, bundle) {
      const page = String(bundle['index.html'].source)
      const shell = shellOf(page, bundle)
      const hash = createHash('sha256').update(page)
      for (const path of shell) hash.update(path)
      for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)))
      const build = hash.digest('hex').slice(0, 12)
      const code = readFileSync(source, 'utf8').replace("'%BUILD%'", `'${build}'`).replace("['%SHELL%']", JSON.stringify(shell))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: code })
    },
  }
}

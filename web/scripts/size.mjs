// The first load of a parent in one language: script and style, compressed, fonts apart. Fails above the limit.
//
//   node scripts/size.mjs DIST
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const LIMIT = 60 * 1024
const dist = process.argv[2] ?? 'dist'
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1])
const words = readdirSync(join(dist, 'assets')).filter((name) => /^words-(?:family-)?[a-z]{2,3}-[\w-]{8}\.js$/.test(name)).map((name) => `assets/${name}`)
if (named.length === 0 || words.length === 0) throw new Error(`${dist} is not a build of the app`)

const sizes = (end) => (path) => statSync(join(dist, path + end)).size
for (const [form, end] of [['brotli', '.br'], ['gzip', '.gz']]) {
  const size = sizes(end)
  const largest = words.reduce((a, b) => (size(a) >= size(b) ? a : b))
  const files = ['index.html', ...named, largest]
  const total = files.reduce((sum, path) => sum + size(path), 0)
  console.log(`${form}: ${(total / 1024).toFixed(1)} KiB of ${LIMIT / 1024}`)
  for (const path of files) console.log(`  ${String(size(path)).padStart(7)}  ${path}`)
  if (total > LIMIT) process.exitCode = 1
}

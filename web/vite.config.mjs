// How web/ becomes web/dist: hashed files under assets/, each with its .br and .gz, and a service worker that knows their names.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import compress from './scripts/compress-plugin.mjs'
import languages from './scripts/languages-plugin.mjs'
import noscript from './scripts/noscript-plugin.mjs'
import words, { PART } from './scripts/words-plugin.mjs'
import worker from './scripts/worker-plugin.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const locales = here('../locales')

/** words-ar-….js and school-ar-….js tell more in a log than ar-….js. */
function chunkName({ facadeModuleId }) {
  const [, part, tag] = PART.exec(facadeModuleId ?? '') ?? []
  if (part) return `assets/${part === 'school' ? 'school' : 'words'}-${tag}-[hash].js`
  return /[\\/]locales[\\/]phrases[\\/]/.test(facadeModuleId ?? '') ? 'assets/phrases-[name]-[hash].js' : 'assets/[name]-[hash].js'
}

/**
 * What the first screen needs stands in one file: each small one would cost a round trip, and compresses worse. It needs what its page asks for without
 * waiting; what is fetched later stands apart.
 */
function firstScreen(id, build) {
  const seen = new Set()
  const needed = (module) => {
    if (seen.has(module)) return false
    seen.add(module)
    const info = build.getModuleInfo(module)
    return info !== null && (info.isEntry || info.importers.some(needed))
  }
  return needed(id) ? 'app' : null
}

const browsers = ['chrome94', 'firefox93', 'safari15.4']

export default defineConfig({
  plugins: [words(locales), languages(locales), noscript(locales), worker(here('./src/worker/sw.js')), compress()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['es2021', ...browsers],
    // Without a year: for that of es2021 the start of a line would be made left or right by a list of languages, in which Dari is not.
    cssTarget: browsers,
    // Fonts as data: would be in the first load, and the server's policy for content does not allow them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { output: { chunkFileNames: chunkName, codeSplitting: { groups: [{ name: firstScreen }] } } },
  },
  server: {
    fs: { allow: [here('..')] },
    proxy: {
      '/api': 'http://localhost:8080',
      '/ws': { target: 'ws://localhost:8080', ws: true },
    },
  },
})

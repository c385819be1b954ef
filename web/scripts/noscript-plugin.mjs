// What stands in the page where there is no JavaScript, in every language of locales/: without it the app cannot know whose to take.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

export default function noscript(folder) {
  return {
    name: 'noscript',
    transformIndexHtml(html) {
      const lines = readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
        .map(({ language: { tag, dir }, messages }) => `<p lang="${tag}" dir="${dir}">${escape(messages.noscript)}</p>`)
      return html.replace('<!-- noscript -->', `<noscript>${lines.join('')}</noscript>`)
    },
  }
}

// Pictograms of the phrase list, from OpenMoji (CC BY-SA 4.0, see NOTICES.md): files of their own, fetched when they are seen. One meaning has one picture.
const urls = import.meta.glob<string>('./openmoji/*.svg', { query: '?url', import: 'default', eager: true })

export const pictures: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(urls).map(([path, url]) => [/([^/]+)\.svg$/.exec(path)?.[1] ?? '', url]),
)

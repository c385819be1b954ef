declare module 'virtual:languages' {
  import type { Language } from './words.ts'
  const languages: Language[]
  export default languages
}

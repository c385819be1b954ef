declare module 'virtual:languages' {
  import type { Head } from './words.ts'
  const languages: Head[]
  export default languages
}

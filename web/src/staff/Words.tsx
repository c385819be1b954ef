import '../style/words.css'
import { may } from '../state/rights.ts'
import { Glossary } from './Glossary.tsx'
import { Topics } from './Topics.tsx'

/** The school's own words: what things are called, and what a person looks at first. */
export function Words() {
  return (
    <>
      {may('glossary') && <Glossary />}
      {may('topics') && <Topics />}
    </>
  )
}

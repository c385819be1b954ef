import type { Problem } from '../wire/protocol.ts'
import { WireError } from '../wire/socket.ts'
import { has, t } from './words.ts'

/** What happened and what to do next, in the reader's language. */
export function sayProblem(problem: Problem): string {
  const exact = `error.${problem.code}.${problem.reason ?? ''}`
  if (problem.reason && has(exact)) return t(exact)
  const code = `error.${problem.code}`
  return t(has(code) ? code : 'error.unknown')
}

/** The same for whatever was thrown: without an answer the line is the reason. */
export function sayError(error: unknown): string {
  return error instanceof WireError ? sayProblem(error.problem) : t('error.line')
}

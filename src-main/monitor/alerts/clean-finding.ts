import type { AlertParameters, Finding } from './alert-rules.ts'

const subjectMax = 200
const detailMax = 300

/** What is journaled holds no secret and does not grow with what a system had to say. */
export function cleanFinding({ rule, subject, parameters }: Finding, scrub: (text: string) => string): Finding {
  const plain = Object.entries(parameters).map(([name, value]) => [name, cleanValue(value, scrub)] as const)
  return { rule, subject: scrub(subject).slice(0, subjectMax), parameters: Object.fromEntries(plain) }
}

function cleanValue(value: AlertParameters[string], scrub: (text: string) => string): AlertParameters[string] {
  if (typeof value === 'string') return scrub(value).slice(0, detailMax)
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

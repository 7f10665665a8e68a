/** One thing that is wrong with a policy. Where a place makes no sense, line and column are 0. */
export interface PolicyProblem {
  readonly line: number
  readonly column: number
  /** By its names from the outside in: `order.notionalMax`; empty for the file itself. */
  readonly path: string
  readonly code: PolicyProblemCode
  /** What the sentence names besides. */
  readonly details: Readonly<Record<string, string | number>>
}

/** Each has one sentence in the catalogue, under `cli.risk.problem.` and its code. */
export const policyProblemCodes = [
  'syntax', 'syntax-tab', 'syntax-indent', 'syntax-twice', 'syntax-missing', 'syntax-tag', 'alias', 'too-large-file', 'not-text', 'empty-file', 'not-a-policy',
  'missing-version', 'newer-version', 'wrong-version', 'unknown-name', 'unknown-name-meant', 'not-names', 'not-one-value', 'no-value', 'wrong-currency', 'wrong-instrument', 'wrong-money', 'wrong-percent',
  'wrong-factor', 'wrong-count', 'percent-sign', 'too-fine', 'not-positive', 'too-small', 'too-large', 'wrong-windows', 'no-windows', 'wrong-window', 'window-never-opens', 'warn-above',
  'file-missing', 'file-unreadable', 'file-unwritable',
] as const
export type PolicyProblemCode = (typeof policyProblemCodes)[number]

export const problemWithoutPlace = (code: PolicyProblemCode, details: PolicyProblem['details'] = {}): PolicyProblem =>
  ({ line: 0, column: 0, path: '', code, details })

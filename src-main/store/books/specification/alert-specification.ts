import type { AlertRow, AlertState } from '../repositories/alerts.ts'
import { problemOfRange } from './check-specification.ts'
import type { LeafMeaning, Specification } from './specification.ts'

export type AlertSpecification = Specification<AlertLeaf>

export type AlertLeaf =
  | { readonly is: 'state'; readonly state: AlertState }
  | { readonly is: 'rule'; readonly rule: string }
  | { readonly is: 'severity'; readonly severity: string }
  | { readonly is: 'raised'; readonly from: number; readonly to: number }

export const alertStateIs = (state: AlertState): AlertLeaf => ({ is: 'state', state })
export const alertRuleIs = (rule: string): AlertLeaf => ({ is: 'rule', rule })
export const alertSeverityIs = (severity: string): AlertLeaf => ({ is: 'severity', severity })
/** Raised last from the first moment to just before the second. */
export const alertRaisedBetween = (from: number, to: number): AlertLeaf => ({ is: 'raised', from, to })

export const alertMeaning: LeafMeaning<AlertLeaf, AlertRow> = {
  toSql: (leaf) => {
    switch (leaf.is) {
      case 'state':
        return { sql: 'state = ?', parameters: [leaf.state] }
      case 'rule':
        return { sql: 'rule = ?', parameters: [leaf.rule] }
      case 'severity':
        return { sql: 'severity = ?', parameters: [leaf.severity] }
      case 'raised':
        return { sql: 'raised_at >= ? AND raised_at < ?', parameters: [leaf.from, leaf.to] }
    }
  },
  matches: (leaf, row) => {
    switch (leaf.is) {
      case 'state':
        return row.state === leaf.state
      case 'rule':
        return row.rule === leaf.rule
      case 'severity':
        return row.severity === leaf.severity
      case 'raised':
        return row.raisedAt >= leaf.from && row.raisedAt < leaf.to
    }
  },
  problemOf: (leaf) => (leaf.is === 'raised' ? problemOfRange(leaf.from, leaf.to) : undefined),
}

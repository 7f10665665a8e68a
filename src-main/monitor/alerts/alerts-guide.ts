import { catalogue } from '../../../src-preload/contract/index.ts'
import { alertRuleIds, alertRules, type AlertRule } from './alert-rules.ts'

/** The table of the guide, in Markdown. A test holds the guide to it. */
export function alertsGuide(): string {
  const rows = alertRuleIds.map((id) => {
    const { severity, nature }: AlertRule = alertRules[id]
    const closes = nature === 'state' ? 'when it is well again' : 'when it was seen'
    return `| ${id} | ${severity} | ${closes} | ${String(catalogue.en[`alert.${id}.action`])} |`
  })
  return ['| alert | severity | closes | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

import { metricKeys, metricTable, type MetricSpec } from './metric-table.ts'

/** The table of the guide, in Markdown. A test holds the guide to it. */
export function metricsGuide(): string {
  const rows = metricKeys.map((key) => rowOf(metricTable[key]))
  return ['| figure | kind | by | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const rowOf = ({ name, kind, help, label }: MetricSpec): string => `| \`${name}\` | ${kind} | ${label ?? ''} | ${help} |`

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { metricKeys, metricTable, publishedNames, type MetricSpec } from '../../../src-main/monitor/index.ts'

const resources = join(import.meta.dirname, '../../../resources')
const specs: readonly MetricSpec[] = metricKeys.map((key) => metricTable[key])
const specOf = (name: string): MetricSpec | undefined => specs.find((spec) => publishedNames(spec).includes(name))

/** What Grafana needs of a dashboard to load it; what else it may hold is its own affair. */
const target = z.object(
  {
    refId: z.string().min(1), expr: z.string().min(1),
    datasource: z.object({ type: z.literal('prometheus'), uid: z.literal('${datasource}') }),
  },
)
const panel = z.object({
  id: z.int().min(1),
  title: z.string().min(1),
  type: z.enum(['row', 'stat', 'timeseries', 'state-timeline', 'bargauge', 'heatmap']),
  description: z.string().optional(),
  gridPos: z.object({ x: z.int().min(0).max(23), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string() }), overrides: z.array(z.unknown()) }).optional(),
  targets: z.array(target).optional(),
})
const dashboard = z.object({
  uid: z.string().regex(/^ballast-[a-z]+$/),
  title: z.string().startsWith('Ballast: '),
  schemaVersion: z.int().min(36),
  tags: z.array(z.string()),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string(), query: z.unknown() })) }),
  annotations: z.object({ list: z.array(z.object({ expr: z.string() })) }),
  panels: z.array(panel).min(5),
})

const files = ['breakers.json', 'orders.json', 'risk.json']
const dashboards = files.map((file) => dashboard.parse(JSON.parse(readFileSync(join(resources, 'dashboards', file), 'utf8'))))
const rules = z
  .object({
    groups: z.array(z.object({
      name: z.string(),
      rules: z.array(z.object({
        alert: z.string().regex(/^Ballast[A-Z]\w+$/),
        expr: z.string(),
        for: z.string().regex(/^\d+[sm]$/).optional(),
        labels: z.strictObject({ severity: z.enum(['info', 'warning', 'critical']) }),
        annotations: z.strictObject({ summary: z.string().min(1), description: z.string().min(1) }),
      })).min(10),
    })),
  })
  .parse(parse(readFileSync(join(resources, 'alert-rules.yaml'), 'utf8')))
  .groups.flatMap((group) => group.rules)

const queries: readonly (readonly [string, string])[] = [
  ...dashboards.flatMap(({ title, panels, annotations }) => [
    ...panels.flatMap((each) => (each.targets ?? []).map(({ expr }) => [`${title} / ${each.title}`, expr] as const)),
    ...annotations.list.map(({ expr }) => [`${title} / annotation`, expr] as const),
  ]),
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
]

const namesIn = (expression: string): readonly string[] => [...expression.matchAll(/\bballast_\w+/g)].map(([name]) => name)

/** Whether brackets and quotes close, which is where a query written by hand is most often wrong. */
function isClosed(expression: string): boolean {
  const open: string[] = []
  const pairs: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' }
  for (const mark of expression.replaceAll(/"[^"]*"/g, '')) {
    if ('({['.includes(mark)) open.push(mark)
    else if (pairs[mark] !== undefined && open.pop() !== pairs[mark]) return false
    else if (mark === '"') return false
  }
  return open.length === 0
}

describe('the queries of dashboards and rules', () => {
  it.each(queries)('%s name metrics that there are', (_where, expression) => {
    const names = namesIn(expression)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect([name, specOf(name)?.name]).toEqual([name, expect.any(String)])
    expect(isClosed(expression)).toBe(true)
  })

  it.each(queries)('%s ask for labels and values that the metric has', (_where, expression) => {
    for (const [, name = '', selector = ''] of expression.matchAll(/\b(ballast_\w+)\{([^}]*)\}/g)) {
      const spec = specOf(name)
      for (const [, label = '', , value = ''] of selector.matchAll(/(\w+)(=~|!=|=)"([^"]*)"/g)) {
        if (label === 'instance') continue
        expect([name, label]).toEqual([name, spec?.label])
        for (const each of value.split('|')) expect(spec?.labelValues ?? [each]).toContain(each)
      }
    }
    for (const [, by = ''] of expression.matchAll(/\bby \(([^)]*)\)/g)) {
      const labels = namesIn(expression).map((name) => specOf(name)?.label)
      for (const label of by.split(/,\s*/)) expect([...labels, 'le', 'instance']).toContain(label)
    }
  })

  it.each(queries)('%s ask of each kind of metric what it can say', (_where, expression) => {
    for (const [, name = ''] of expression.matchAll(/\b(?:rate|increase)\((ballast_\w+)/g)) {
      expect([name, specOf(name)?.kind]).toEqual([name, expect.stringMatching(/^(?:counter|histogram)$/)])
    }
    if (expression.includes('histogram_quantile')) expect(expression).toMatch(/by \(le[,)].*_bucket/)
    for (const name of namesIn(expression)) {
      if (specOf(name)?.kind === 'counter') expect(expression).toMatch(new RegExp(`(?:rate|increase)\\(${name}`))
    }
  })

  it('leave no metric unseen', () => {
    const seen = new Set(queries.flatMap(([, expression]) => namesIn(expression)).map((name) => specOf(name)?.name))
    expect(specs.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([])
  })
})

describe('the dashboards', () => {
  it('are the three, each under an address of its own', () => {
    expect(readdirSync(join(resources, 'dashboards')).sort()).toEqual(files)
    expect(dashboards.map(({ uid }) => uid)).toEqual(['ballast-breakers', 'ballast-orders', 'ballast-risk'])
  })

  it.each(dashboards)('$title has panels that do not lie on each other, numbered and explained', ({ panels }) => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const taken = new Map<string, string>()
    for (const { title, gridPos: { x, y, w, h } } of panels) {
      expect(x + w).toBeLessThanOrEqual(24)
      for (let column = x; column < x + w; column += 1) {
        for (let line = y; line < y + h; line += 1) {
          expect([title, taken.get(`${column} ${line}`)]).toEqual([title, undefined])
          taken.set(`${column} ${line}`, title)
        }
      }
    }
    for (const { type, title, description, targets, fieldConfig } of panels) {
      if (type === 'row') continue
      expect([title, description]).toEqual([title, expect.stringMatching(/\.$/)])
      expect([title, targets?.length]).not.toEqual([title, 0])
      expect([title, new Set(targets?.map(({ refId }) => refId)).size]).toEqual([title, targets?.length])
      expect(fieldConfig).toBeDefined()
    }
  })

  it.each(dashboards)('$title lets the data source and the engine be chosen', ({ templating }) => {
    expect(templating.list.map(({ name, type }) => [name, type])).toEqual([['datasource', 'datasource'], ['instance', 'query']])
    for (const name of namesIn(JSON.stringify(templating.list))) expect(specOf(name)).toBeDefined()
  })
})

describe('the rules for Prometheus', () => {
  it('have names of their own', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  })

  it('are found by the example beside them, which asks once a second', () => {
    const example = parse(readFileSync(join(resources, 'prometheus.yml'), 'utf8')) as Record<string, never>
    expect(example).toMatchObject({
      global: { scrape_interval: '1s' }, rule_files: ['alert-rules.yaml'],
      scrape_configs: [
        { metrics_path: '/metrics', static_configs: [{ targets: ['localhost:47810'] }, { targets: ['localhost:47811'] }] },
      ],
    })
  })
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  alertsGuide, createMetrics, metricKeys, metricsGuide, metricTable, ProcessWatch, publishedNames, type MetricSpec,
} from '../../../src-main/monitor/index.ts'
import { parsePrometheusText } from '../../fixtures/prometheus-text.ts'

const specs: readonly MetricSpec[] = metricKeys.map((key) => metricTable[key])

describe('the table of metrics', () => {
  it('names each once, with its unit and a sentence', () => {
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length)
    for (const { name, kind, help, buckets } of specs) {
      expect(name).toMatch(/^ballast_[a-z][a-z0-9_]*[a-z0-9]$/)
      expect([name, help]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/)])
      expect([name, name.endsWith('_total')]).toEqual([name, kind === 'counter'])
      expect([name, buckets !== undefined]).toEqual([name, kind === 'histogram'])
      if (kind === 'histogram') expect(name).toMatch(/_seconds$/)
      expect(buckets ?? []).toEqual([...(buckets ?? [])].sort((left, right) => left - right))
    }
  })

  it('is what a scrape publishes: every family, its kind and its sentence', async () => {
    const families = parsePrometheusText(await createMetrics().text())
    expect([...families.keys()].sort()).toEqual(specs.map(({ name }) => name).sort())
    for (const { name, kind, help } of specs) expect(families.get(name)).toMatchObject({ type: kind, help })
  })

  it('says which names a query may use', () => {
    expect(publishedNames(metricTable.uptime)).toEqual(['ballast_uptime_seconds'])
    expect(publishedNames(metricTable.loopStall)).toContain('ballast_loop_stall_seconds_bucket')
  })

  it('is printed in the guide as it is', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/monitoring.md'), 'utf8')
    expect(guide).toContain(metricsGuide())
    expect(guide).toContain(alertsGuide())
  })
})

describe('the metrics', () => {
  it('publish every setter’s value as text that a strict reader takes', async () => {
    const metrics = createMetrics()
    let set = 0
    for (const key of metricKeys) {
      const spec: MetricSpec = metricTable[key]
      const label = spec.label === undefined ? [] : [spec.labelValues?.[0] ?? 'strange "label"\\\n']
      const setter = metrics[key] as { set?: Function; add?: Function; observe?: Function }
      const method = spec.kind === 'gauge' ? setter.set : spec.kind === 'counter' ? setter.add : setter.observe
      method?.call(setter, 1.5, ...label)
      set += 1
    }
    expect(set).toBe(metricKeys.length)
    const families = parsePrometheusText(await metrics.text())
    for (const { name, kind, label } of specs) {
      const samples = families.get(name)?.samples ?? []
      const value = kind === 'histogram' ? samples.find(
        (sample) => sample.name.endsWith('_sum') && sample.value > 0,
      ) : samples.find((sample) => sample.value === 1.5)
      expect([name, value?.value]).toEqual([name, 1.5])
      if (label !== undefined) expect(Object.keys(value?.labels ?? {})).toEqual([label])
    }
    expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
  })

  it('say nothing about what nobody has measured', async () => {
    const metrics = createMetrics()
    expect(parsePrometheusText(await metrics.text()).get('ballast_backup_age_seconds')?.samples).toEqual([])
    metrics.backupAge.set(60)
    expect(parsePrometheusText(await metrics.text()).get('ballast_backup_age_seconds')?.samples).toHaveLength(1)
    metrics.backupAge.set(undefined)
    expect(parsePrometheusText(await metrics.text()).get('ballast_backup_age_seconds')?.samples).toEqual([])
    metrics.backupAge.set(Number.NaN)
    expect(metrics.snapshot().backupAge).toEqual({})
  })

  it('show one mode at a time', async () => {
    const metrics = createMetrics()
    metrics.showMode('active')
    metrics.showMode('halted')
    const samples = parsePrometheusText(await metrics.text()).get('ballast_engine_mode')?.samples ?? []
    expect(samples.filter(({ value }) => value === 1).map(({ labels }) => labels['mode'])).toEqual(['halted'])
    expect(samples).toHaveLength(6)
  })

  it('count, and never backwards', () => {
    const metrics = createMetrics()
    metrics.engineInputs.add(2)
    metrics.engineInputs.add(-1)
    metrics.engineInputs.add(Number.NaN)
    metrics.engineModeChanges.add(1, 'halted')
    expect(metrics.snapshot().engineInputs).toEqual({ value: 2 })
    expect(metrics.snapshot().engineModeChanges).toMatchObject({ halted: 1, active: 0 })
  })

  it('sort what they observe into buckets, and leave out what is no measurement', async () => {
    const metrics = createMetrics()
    for (const seconds of [0.000_3, 0.02, 9, -1, Number.NaN, Infinity]) metrics.journalDurable.observe(seconds)
    expect(metrics.snapshot().journalDurable['value']).toEqual({ count: 3, sum: 9.0203, max: 9 })
    const samples = parsePrometheusText(await metrics.text()).get('ballast_journal_durable_seconds')?.samples ?? []
    expect(samples.find(({ labels }) => labels['le'] === '0.05')?.value).toBe(2)
  })

  it('do not grow with labels that come from elsewhere', () => {
    const metrics = createMetrics()
    for (let at = 0; at < 500; at += 1) {
      metrics.bridgeCommand.observe(0.1, `command ${at}`)
      metrics.alertChannelWaiting.set(at, `channel ${at}`)
      metrics.alertDeliveryFailures.add(1, `channel ${at}`)
    }
    const { bridgeCommand, alertChannelWaiting, alertDeliveryFailures } = metrics.snapshot()
    for (const figures of [
      bridgeCommand, alertChannelWaiting, alertDeliveryFailures,
    ]) expect(Object.keys(figures)).toHaveLength(65)
    expect(bridgeCommand['other']).toMatchObject({ count: 436 })
    metrics.bridgeRefused.add(1, 'nonsense' as never)
    expect(metrics.snapshot().bridgeRefused).toMatchObject({ other: 1, 'bridge.timed-out': 0 })
  })

  it('cost the engine little', () => {
    const metrics = createMetrics()
    const timeOf = (times: number): number => {
      const before = performance.now()
      for (let at = 0; at < times; at += 1) {
        metrics.engineProcess.observe(0.000_002)
        metrics.engineInputs.add(1)
        metrics.engineInputsWaiting.set(3)
      }
      return ((performance.now() - before) * 1_000) / times
    }
    timeOf(20_000)
    // About 0.2 us for all three on an idle machine; the measuring of coverage alone makes it ten times as much.
    expect(Math.min(...Array.from({ length: 10 }, () => timeOf(20_000)))).toBeLessThan(10)
  })
})

describe('the strict reader', () => {
  const good = '# HELP a b\n# TYPE a gauge\na{l="x"} 1\n'
  it.each([
    ['no line feed at the end', good.trimEnd()],
    ['a sample without its type', 'a 1\n'],
    ['a type without its help', '# TYPE a gauge\na 1\n'],
    ['a label without quotes', good.replace('"x"', 'x')],
    ['a label twice', good.replace('l="x"', 'l="x",l="y"')],
    ['a series twice', `${good}a{l="x"} 2\n`],
    ['no number', good.replace(' 1', ' one')],
    ['a counter below zero', good.replace('gauge', 'counter').replace(' 1', ' -1')],
    ['a family that is told twice', good + good],
    ['buckets that shrink', '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n'],
    ['a histogram without its end', '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_sum 1\nh_count 2\n'],
  ])('refuses %s', (_what, text) => {
    expect(() => parsePrometheusText(text)).toThrow()
  })
})

describe('what a process says of itself', () => {
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let tries = 0; !isSo() && tries < 300; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  it('is its memory, its age, its collections and its disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-watch-'))
    const metrics = createMetrics()
    const watch = new ProcessWatch({ metrics, folder, periodMs: 10 })
    const keep: unknown[] = []
    await until(() => {
      for (let at = 0; at < 20_000; at += 1) keep[at % 100] = { at }
      const { gcPause, uptime } = metrics.snapshot()
      return watch.diskFreeBytes !== undefined && Object.values(gcPause).some(
        (value) => typeof value !== 'number' && value.count > 0,
      ) && Number(uptime['value']) > 0.02
    })
    const { memory, diskFree, gcPause, uptime } = metrics.snapshot()
    expect(memory['rss']).toBeGreaterThan(10_000_000)
    expect(memory['heap_used']).toBeLessThanOrEqual(Number(memory['heap_total']) * 2)
    expect(diskFree['value']).toBe(watch.diskFreeBytes)
    expect(Number(uptime['value'])).toBeGreaterThan(0)
    expect(Object.values(gcPause).some((value) => typeof value !== 'number' && value.count > 0)).toBe(true)
    watch.dispose()
    rmSync(folder, { recursive: true })
  })

  it('says nothing of a disk that does not answer', async () => {
    const metrics = createMetrics()
    const watch = new ProcessWatch({ metrics, folder: join(tmpdir(), 'ballast-is-not-there'), periodMs: 1_000 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(watch.diskFreeBytes).toBeUndefined()
    expect(metrics.snapshot().diskFree).toEqual({})
    watch.dispose()
  })
})

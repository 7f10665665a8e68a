import { afterEach, describe, expect, it } from 'vitest'
import { openTraces, SecretRegister, traceIdOf, type TraceLimits, type Traces } from '../../../src-main/monitor/index.ts'
import { Receiver, until } from './receiver.ts'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end()
})

const limits: Partial<TraceLimits> = { batchMs: 20, sendMs: 300 }

function open(endpoint: string | undefined, more: Partial<TraceLimits> = {}): Traces {
  const secrets = new SecretRegister()
  secrets.add('planted-secret')
  const traces = openTraces(
    { endpoint, labels: { profile: 'demo' }, scrub: (text) => secrets.scrub(text), limits: { ...limits, ...more } },
  )
  ended.push(() => traces.dispose())
  return traces
}

async function collector(): Promise<Receiver> {
  const receiver = await new Receiver().start()
  ended.push(() => receiver.stop())
  receiver.answer = (response) => {
    response.setHeader('content-type', 'application/json')
    response.end('{}')
  }
  return receiver
}

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly status?: { readonly code?: number }
}

const spansOf = (receiver: Receiver): readonly Span[] =>
  receiver
    .bodies<{ resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }>()
    .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)))
const attributeOf = (span: Span | undefined, name: string): unknown =>
  Object.values(span?.attributes.find(({ key }) => key === name)?.value ?? {})[0]

describe('traces', () => {
  it('lead from a command to the last thing that it caused, under the id of its correlation', async () => {
    const receiver = await collector()
    const traces = open(`${receiver.origin}/v1/traces`)
    traces.begin('c-1', 'trading.halt', 1_000, { actor: 'hand' })
    traces.begin('c-1', 'again', 1_500)
    traces.step('c-1', 'journal', 1_001, 1_004, { sequence: 7 })
    traces.end('c-1', 1_002, 'done')
    traces.step('c-1', 'too late', 1, 2)
    await until(() => spansOf(receiver).length === 2)
    const [step, root] = ['journal', 'trading.halt'].map((name) => spansOf(receiver).find((span) => span.name === name))
    expect(receiver.received[0]).toMatchObject({ method: 'POST', path: '/v1/traces' })
    expect(root).toMatchObject({ traceId: traceIdOf('c-1'), startTimeUnixNano: '1000000000', endTimeUnixNano: '1004000000' })
    expect(root?.parentSpanId ?? '').toBe('')
    expect(step).toMatchObject({ traceId: traceIdOf('c-1'), parentSpanId: root?.spanId, startTimeUnixNano: '1001000000' })
    expect(
      ['correlation', 'profile', 'actor', 'outcome'].map((name) => attributeOf(root, name)),
    ).toEqual(['c-1', 'demo', 'hand', 'done'])
    await until(() => traces.counts.sent === 2)
    expect(traces.counts.lost).toBe(0)
  })

  it('hold no planted secret', async () => {
    const receiver = await collector()
    const traces = open(`${receiver.origin}/v1/traces`)
    traces.begin('c-2', 'name planted-secret', 1_000, { reason: 'planted-secret', count: 3, isUrgent: true })
    traces.step('c-2', 'planted-secret', 1, 2, { detail: Buffer.from('planted-secret').toString('base64') })
    traces.end('c-2', 1_002, 'failed')
    await until(() => spansOf(receiver).length === 2)
    const sent = JSON.stringify(receiver.received)
    for (const form of ['planted-secret', Buffer.from('planted-secret').toString('base64')]) expect(sent).not.toContain(form)
    expect(spansOf(receiver).some(({ status }) => status?.code === 2)).toBe(true)
  })

  it('are off without an endpoint, and with one that is none', async () => {
    for (const endpoint of [undefined, 'not an address', 'ftp://127.0.0.1/']) {
      const traces = open(endpoint)
      traces.begin('c-3', 'a', 1)
      traces.step('c-3', 'b', 1, 2)
      traces.end('c-3', 2, 'done')
      expect(traces.counts).toEqual({ sent: 0, lost: 0 })
      await traces.dispose()
    }
  })

  it('cost nothing but a number when the collector cannot be reached', async () => {
    const receiver = await collector()
    await receiver.stop()
    const traces = open(`${receiver.origin}/v1/traces`)
    const before = performance.now()
    for (let at = 0; at < 100; at += 1) {
      traces.begin(`c-${at}`, 'a', at)
      traces.end(`c-${at}`, at + 1, 'done')
    }
    expect(performance.now() - before).toBeLessThan(500)
    await until(() => traces.counts.lost === 100)
  })

  it('wait in a bounded number, and the rest is counted', async () => {
    const receiver = await collector()
    receiver.answer = () => undefined
    const traces = open(`${receiver.origin}/v1/traces`, { waitingMax: 10 })
    for (let at = 0; at < 50; at += 1) {
      traces.begin(`c-${at}`, 'a', at)
      traces.end(`c-${at}`, at + 1, 'done')
    }
    expect(traces.counts).toEqual({ sent: 0, lost: 40 })
    await until(() => traces.counts.lost === 50)
  })

  it('end by themselves when nothing more is heard of them, and when too many are open', async () => {
    const receiver = await collector()
    const traces = open(`${receiver.origin}/v1/traces`, { openMax: 2, idleMs: 100 })
    traces.begin('c-1', 'first', 1)
    traces.begin('c-2', 'second', 2)
    traces.begin('c-3', 'third', 3)
    await until(() => spansOf(receiver).length === 3)
    expect(spansOf(receiver).map((span) => [span.name, attributeOf(span, 'outcome')])).toEqual(
      [['first', 'failed'], ['second', 'done'], ['third', 'done']],
    )
  })

  it('that are open at the end are sent', async () => {
    const receiver = await collector()
    const traces = open(`${receiver.origin}/v1/traces`, { batchMs: 60_000 })
    traces.begin('c-1', 'open', 1)
    await traces.dispose()
    expect(spansOf(receiver)).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import { createWebhook, finding } from '../../../src-main/monitor/index.ts'
import { until } from './receiver.ts'
import { quick, receiver, type WebhookBody, setUp, webhook, channel, failed, jumped } from './delivery-desk.ts'

describe('a storm', () => {
  it('is a digest with the most severe first, not a hundred messages', async () => {
    const { centre, delivery, channel: state } = setUp({ ...quick, pace: { burst: 4, keptForCritical: 1, refillMs: 100 } })
    delivery.replaceChannels([channel(webhook())])
    for (let at = 0; at < 60; at += 1) centre.raise(finding('key-old', { name: `k${at}`, days: 91 }, `k${at}`))
    centre.raise(failed)
    await until(() => state().delivered === 61)
    expect(receiver.received.length).toBeLessThan(5)
    const digest = receiver.bodies<WebhookBody>().find(({ alerts }) => alerts.length > 50)
    expect(digest?.text.split('\n')[0]).toBe(`${digest?.alerts.length} alerts at once (demo):`)
    expect(digest?.text.split('\n')[1]).toContain('Critical')
    expect(digest?.text).toContain(`and ${Number(digest?.alerts.length) - 10} more`)
  })

  it('leaves room for what is critical', async () => {
    const { centre, delivery, channel: state } = setUp(
      { ...quick, digestFrom: 1_000, pace: { burst: 3, keptForCritical: 2, refillMs: 100_000 } },
    )
    delivery.replaceChannels([channel(webhook())])
    for (let at = 0; at < 10; at += 1) centre.raise(finding('key-old', { name: `k${at}`, days: 91 }, `k${at}`))
    await until(() => state().delivered === 1)
    centre.raise(failed)
    await until(() => state().delivered === 2)
    expect(receiver.bodies<WebhookBody>().map(({ alerts }) => alerts[0]?.severity)).toEqual(['warning', 'critical'])
    expect(state().waiting).toBe(9)
  })

  it('that is larger than what may wait says which alerts did not get through', async () => {
    const { centre, delivery, facts, channel: state } = setUp({ ...quick, waitingMax: 5 })
    await receiver.stop()
    delivery.replaceChannels([channel(webhook())])
    for (let at = 0; at < 8; at += 1) centre.raise(finding('key-old', { name: `k${at}`, days: 91 }, `k${at}`))
    centre.raise(failed)
    expect(state().waiting).toBe(5)
    expect(facts.filter(({ kind }) => kind === 'alert.undelivered').map(({ body }) => body)).toEqual(
      [6, 7, 8, 5].map((number) => ({ id: `alert-${number}`, channel: 'webhook', reason: 'too-many' })),
    )
  })
})

describe('the delivery', () => {
  it('tries for a day and then says that it did not get through', async () => {
    const clock = { shift: 0, wallMs: () => Date.now() + clock.shift, monotonicMs: () => performance.now() }
    const { centre, delivery, facts, channel: state } = setUp(quick, clock)
    await receiver.stop()
    delivery.replaceChannels([channel(webhook())])
    centre.raise(failed)
    await until(() => state().failures >= 2)
    clock.shift = 86_400_000
    await until(() => facts.at(-1)?.kind === 'alert.undelivered')
    expect(facts.at(-1)?.body).toEqual({ id: 'alert-1', channel: 'webhook', reason: 'ECONNREFUSED' })
    expect(state().waiting).toBe(0)
  })

  it('says when it is well again where it said that it was not', async () => {
    const { centre, delivery } = setUp()
    delivery.replaceChannels([channel(webhook())])
    centre.raise(finding('disk-low', { megabytes: 900 }))
    await until(() => receiver.received.length === 1)
    centre.clear({ rule: 'disk-low', subject: '' })
    centre.raise(jumped)
    centre.acknowledge('alert-2', 'hand')
    await until(() => receiver.received.length === 3)
    const bodies = receiver.bodies<WebhookBody>()
    expect(bodies.flatMap(({ alerts }) => alerts.map(({ id, kind }) => `${id} ${kind}`))).toEqual(
      ['alert-1 raised', 'alert-1 cleared', 'alert-2 raised'],
    )
    expect(bodies[1]?.text).toBe('Well again (demo): Only 900 MB are free on the disk of the books.')
  })

  it('tells again of what was snoozed when the snooze is over', async () => {
    const clock = { shift: 0, wallMs: () => Date.now() + clock.shift, monotonicMs: () => performance.now() }
    const { centre, delivery } = setUp(quick, clock)
    delivery.replaceChannels([channel(webhook())])
    centre.raise(jumped)
    centre.snooze('alert-1', clock.wallMs() + 1_000, 'hand')
    clock.shift = 2_000
    centre.take({ findings: [], judged: new Set() })
    await until(() => receiver.received.length === 2)
    expect(receiver.bodies<WebhookBody>()[1]?.text).toMatch(/^Warning again \(demo\): The clock jumped by 5000 ms/)
  })

  it('leaves out what is not severe enough for a channel', async () => {
    const { centre, delivery } = setUp()
    delivery.replaceChannels([channel(webhook(), 'critical')])
    centre.raise(jumped)
    centre.raise(failed)
    await until(() => receiver.received.length === 1)
    expect(receiver.bodies<WebhookBody>()[0]?.alerts).toMatchObject([{ rule: 'journal-failed' }])
  })

  it('does not use a channel to say that this very channel does not work', async () => {
    const { centre, delivery } = setUp()
    delivery.replaceChannels([channel(webhook())])
    centre.raise(finding('delivery-failing', { channel: 'webhook', minutes: 1, detail: 'timeout' }, 'webhook'))
    centre.raise(failed)
    await until(() => receiver.received.length === 1)
    expect(receiver.bodies<WebhookBody>()[0]?.alerts).toMatchObject([{ rule: 'journal-failed' }])
  })

  it('offers to new channels what is open and was not delivered there, as after a crash', async () => {
    const before = setUp()
    await receiver.stop()
    before.delivery.replaceChannels([channel(webhook())])
    before.centre.raise(failed)
    before.centre.raise(jumped)
    before.centre.noteDelivery({ kind: 'alert.delivered', at: 1, body: { id: 'alert-2', channel: 'webhook', afterMs: 1 } })
    before.delivery.dispose()
    await receiver.start()
    before.delivery.replaceChannels([channel(webhook())])
    await until(() => receiver.received.length === 1)
    await until(() => before.channel().delivered === 1)
    expect(receiver.bodies<WebhookBody>()[0]?.alerts).toMatchObject([{ id: 'alert-1' }])
  })

  it('keeps what waits when its settings change, and tries the new address at once', async () => {
    const { centre, delivery, channel: state } = setUp({ ...quick, backoff: { firstMs: 60_000, maxMs: 60_000, lastingMs: 60_000 } })
    const wrong = createWebhook({ profile: 'demo', locale: 'en', wallMs: () => 1, timeoutMs: 100, address: () => 'http://127.0.0.1:1/' })
    delivery.replaceChannels([channel(wrong)])
    centre.raise(jumped)
    centre.raise(failed)
    centre.acknowledge('alert-1', 'hand')
    await until(() => state().failures === 1)
    const { failingSince } = state()
    delivery.replaceChannels([channel(webhook())])
    expect(state()).toMatchObject({ failingSince, waiting: 2 })
    await until(() => state().delivered === 2)
    const ids = receiver.bodies<WebhookBody>().flatMap(({ alerts }) => alerts.map(({ id }) => id))
    expect(ids.toSorted()).toEqual(['alert-1', 'alert-2'])
    delivery.replaceChannels([])
    expect(delivery.states).toEqual([])
  })

  it('brings a test to every channel, however severe its alerts have to be', async () => {
    const { centre, delivery } = setUp()
    delivery.replaceChannels([channel(webhook(), 'critical')])
    centre.raise(finding('test', {}, '1'))
    await until(() => receiver.received.length === 1)
  })

  it('does not sign with a secret that is empty', async () => {
    const { centre, delivery } = setUp()
    delivery.replaceChannels([channel(webhook('/hook', ''))])
    centre.raise(failed)
    await until(() => receiver.received.length === 1)
    expect(receiver.received[0]?.headers['x-ballast-signature']).toBeUndefined()
  })

  it('costs whoever raises an alert next to nothing while the receiver hangs', async () => {
    const { centre, delivery } = setUp()
    receiver.answer = () => undefined
    delivery.replaceChannels([channel(webhook())])
    const before = performance.now()
    for (let at = 0; at < 150; at += 1) centre.raise(finding('key-old', { name: `k${at}`, days: 91 }, `k${at}`))
    expect(performance.now() - before).toBeLessThan(500)
    await until(() => receiver.received.length > 0)
  })

  it('asks a receiver one thing at a time', async () => {
    const { centre, delivery } = setUp()
    let open = 0
    let openMax = 0
    receiver.answer = (response) => {
      open += 1
      openMax = Math.max(openMax, open)
      setTimeout(() => {
        open -= 1
        response.end('ok')
      }, 30)
    }
    delivery.replaceChannels([channel(webhook())])
    for (let at = 0; at < 12; at += 1) {
      centre.raise(finding('key-old', { name: `k${at}`, days: 91 }, `k${at}`))
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await until(() => delivery.states[0]?.delivered === 12)
    expect(openMax).toBe(1)
  })

  it('ends with its channels: nothing is sent afterwards', async () => {
    const { centre, delivery } = setUp()
    delivery.replaceChannels([channel(webhook())])
    delivery.dispose()
    centre.raise(failed)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(receiver.received).toEqual([])
  })
})

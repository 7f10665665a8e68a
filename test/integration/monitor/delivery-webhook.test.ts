import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { channelLimits, createWebhook, finding } from '../../../src-main/monitor/index.ts'
import { Receiver, until } from './receiver.ts'
import { quick, ended, receiver, type WebhookBody, setUp, webhook, channel, failed } from './delivery-desk.ts'

describe('a webhook', () => {
  it('gets an alert within a second of its cause, with what to do', async () => {
    const { centre, delivery, facts, metrics } = setUp(channelLimits)
    delivery.replaceChannels([channel(webhook())])
    const raisedAt = performance.now()
    centre.raise(failed)
    await until(() => facts.some(({ kind }) => kind === 'alert.delivered'))
    expect((receiver.received[0]?.at ?? Infinity) - raisedAt).toBeLessThan(1_000)
    const [body] = receiver.bodies<WebhookBody>()
    expect(body).toMatchObject({
      version: 1, profile: 'demo', alerts: [
        { id: 'alert-1', kind: 'raised', rule: 'journal-failed', severity: 'critical', key: 'alert-1.raised.1' },
      ],
    })
    expect(body?.text.split('\n')).toEqual([
      'Critical (demo): The journal can no longer be written (EIO).',
      'Make room or replace the disk, then restart the engine. What was written before is safe.',
    ])
    expect(facts.at(-1)).toMatchObject({ kind: 'alert.delivered', body: { id: 'alert-1', channel: 'webhook' } })
    expect(metrics.snapshot().alertDelivery['webhook']).toMatchObject({ count: 1 })
    expect(delivery.states).toMatchObject([{ state: 'ok', waiting: 0, delivered: 1 }])
  })

  it('can prove who sent it: the signature is over the time and the body', async () => {
    const { centre, delivery } = setUp()
    delivery.replaceChannels([channel(webhook('/hook', 'shared secret'))])
    centre.raise(failed)
    await until(() => receiver.received.length === 1)
    const [{ headers, body } = expect.unreachable()] = receiver.received
    const expected = createHmac('sha256', 'shared secret').update(`${headers['x-ballast-time']}.${body}`).digest('hex')
    expect(headers['x-ballast-signature']).toBe(`sha256=${expected}`)
    expect(JSON.parse(body)).toMatchObject({ sentAt: Number(headers['x-ballast-time']) })
    expect(JSON.stringify(receiver.received)).not.toContain('shared secret')
  })

  it('that was down gets it once it is back, and the channel says since when it failed', async () => {
    const { centre, delivery, facts, metrics, channel: state } = setUp()
    delivery.replaceChannels([channel(webhook())])
    await receiver.stop()
    centre.raise(failed)
    await until(() => state().failures >= 3)
    expect(state()).toMatchObject({ state: 'failing', problem: 'ECONNREFUSED', waiting: 1 })
    expect(metrics.snapshot().alertDeliveryFailures['webhook']).toBe(state().failures)
    await receiver.start()
    await until(() => facts.at(-1)?.kind === 'alert.delivered')
    expect(receiver.received).toHaveLength(1)
    expect(state()).toMatchObject({ state: 'ok', problem: '', failingSince: undefined, waiting: 0 })
  })

  it('that answers with errors is asked again until it takes it', async () => {
    const { centre, delivery, channel: state } = setUp()
    const statuses = [500, 503, 408]
    receiver.answer = (response) => {
      response.statusCode = statuses.shift() ?? 204
      response.end()
    }
    delivery.replaceChannels([channel(webhook())])
    centre.raise(failed)
    await until(() => state().delivered === 1)
    expect(receiver.received).toHaveLength(4)
    expect(new Set(receiver.bodies<WebhookBody>().map(({ alerts }) => alerts[0]?.key))).toEqual(new Set(['alert-1.raised.1']))
  })

  it('that hangs is given up after its time and asked again', async () => {
    const { centre, delivery, channel: state } = setUp()
    let isHanging = true
    receiver.answer = (response) => {
      if (!isHanging) response.end('ok')
    }
    delivery.replaceChannels([channel(webhook('/hook', undefined, 100))])
    centre.raise(failed)
    await until(() => state().problem === 'timeout')
    isHanging = false
    await until(() => state().delivered === 1)
  })

  it('that drips its answer is not read for ever', async () => {
    const { centre, delivery, channel: state } = setUp()
    const drips: NodeJS.Timeout[] = []
    receiver.answer = (response) => {
      response.writeHead(200)
      drips.push(setInterval(() => response.write('x'), 10))
    }
    ended.push(() => drips.forEach((drip) => clearInterval(drip)))
    delivery.replaceChannels([channel(webhook('/hook', undefined, 150))])
    centre.raise(failed)
    await until(() => state().problem === 'timeout')
  })

  it('that answers without end is read no further than anybody needs', async () => {
    const { centre, delivery, channel: state } = setUp()
    receiver.answer = (response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue
        if (!response.destroyed) response.once('drain', pour)
      }
      response.on('error', () => undefined)
      pour()
    }
    delivery.replaceChannels([channel(webhook('/hook', undefined, 5_000))])
    centre.raise(failed)
    await until(() => state().delivered === 1, 4_000)
  })

  it('cannot lead us elsewhere', async () => {
    const { centre, delivery, channel: state } = setUp()
    const elsewhere = await new Receiver().start()
    ended.push(() => elsewhere.stop())
    receiver.answer = (response) => {
      response.writeHead(307, { location: `${elsewhere.origin}/stolen` })
      response.end()
    }
    delivery.replaceChannels([channel(webhook())])
    centre.raise(failed)
    await until(() => state().problem === 'redirect')
    expect(elsewhere.received).toEqual([])
  })

  it('that does not want it is asked less often', async () => {
    const { centre, delivery, channel: state } = setUp()
    receiver.answer = (response) => {
      response.statusCode = 404
      response.end()
    }
    delivery.replaceChannels([channel(webhook())])
    centre.raise(failed)
    await until(() => state().failures === 3)
    const [first, second, third] = receiver.received.map(({ at }) => at)
    expect(Number(second) - Number(first)).toBeGreaterThan(110)
    expect(Number(third) - Number(second)).toBeGreaterThan(110)
    expect(state().problem).toBe('http-404')
  })

  it('that asks for patience gets it', async () => {
    const { centre, delivery, channel: state } = setUp()
    receiver.answer = (response) => {
      response.writeHead(receiver.received.length === 1 ? 429 : 200, { 'retry-after': '1' })
      response.end()
    }
    delivery.replaceChannels([channel(webhook())])
    centre.raise(failed)
    await until(() => state().delivered === 1)
    const [first, second] = receiver.received.map(({ at }) => at)
    expect(Number(second) - Number(first)).toBeGreaterThan(900)
  })

  it.each([
    ['no address', ''], ['no web address', 'ftp://127.0.0.1/x'], ['a file', 'file:///etc/hosts'], [
      'a password in it', 'http://user:planted-secret@127.0.0.1/',
    ],
  ])('with %s is failing, and no word of the address is told', async (_what, address) => {
    const { centre, delivery, channel: state } = setUp()
    delivery.replaceChannels(
      [channel(createWebhook({ profile: 'demo', locale: 'en', wallMs: () => 1, timeoutMs: 100, address: () => address }))],
    )
    centre.raise(failed)
    await until(() => state().failures === 1)
    expect(state().problem).toBe('address')
  })

  it('whose secret cannot be read, or never comes, fails without a word of why', async () => {
    const { centre, delivery, channel: state } = setUp({ ...quick, sendMs: 50 })
    let isLocked = true
    const secret = async (): Promise<string> => {
      if (isLocked) throw new Error('planted-secret is locked')
      return new Promise(() => undefined)
    }
    delivery.replaceChannels(
      [
        channel(
          createWebhook(
            { profile: 'demo', locale: 'en', wallMs: () => 1, timeoutMs: 100, address: () => receiver.origin, secret },
          ),
        ),
      ],
    )
    centre.raise(failed)
    await until(() => state().problem === 'secret')
    isLocked = false
    await until(() => state().problem === 'timeout')
    expect(receiver.received).toEqual([])
  })

  it('gets no planted secret', async () => {
    const { centre, delivery, secrets } = setUp()
    const planted = 'planted-secret-42'
    secrets.add(planted)
    delivery.replaceChannels([channel(webhook('/hook', planted))])
    const bytes = Buffer.from(planted)
    const forms = [
      planted, bytes.toString('base64'), bytes.toString('hex'), encodeURIComponent(planted), JSON.stringify({ planted }),
    ]
    for (const [at, form] of forms.entries()) centre.raise(
      finding('key-old', { name: `name ${form}`, days: 91 }, `subject ${at} ${form}`),
    )
    centre.raise(finding('settings-bad', { detail: forms.join(' ') }))
    await until(() => receiver.bodies<WebhookBody>().flatMap(({ alerts }) => alerts).length === 6)
    for (const form of forms) expect(JSON.stringify(receiver.received)).not.toContain(form)
  })
})

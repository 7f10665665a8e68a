import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRandom } from '../../../src-main/base/index.ts'
import {
  AlertCentre, AlertDelivery, AlivePing, channelLimits, createMetrics, createTelegram, createWebhook, finding, SecretRegister,
  type AlertFact, type ChannelLimits, type ChannelSettings, type Sender,
} from '../../../src-main/monitor/index.ts'
import { Receiver, until } from './receiver.ts'

const systemClock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() }
const quick: Partial<ChannelLimits> = {
  backoff: { firstMs: 20, maxMs: 60, lastingMs: 150 }, pace: { burst: 100, keptForCritical: 1, refillMs: 10 },
}
const ended: (() => void | Promise<void>)[] = []
let receiver: Receiver

beforeEach(async () => {
  receiver = await new Receiver().start()
  ended.push(() => receiver.stop())
})
afterEach(async () => {
  for (const end of ended.splice(0)) await end()
})

interface WebhookBody {
  readonly version: number
  readonly profile: string
  readonly sentAt: number
  readonly text: string
  readonly alerts: readonly Readonly<Record<'id' | 'kind' | 'rule' | 'severity' | 'title' | 'action' | 'key', string>>[]
}

function setUp(limits: Partial<ChannelLimits> = quick, clock = systemClock, locale: 'en' | 'fr' = 'en') {
  const secrets = new SecretRegister()
  const facts: AlertFact[] = []
  const centre = new AlertCentre({ nowMs: () => clock.wallMs(), records: [], scrub: (text) => text, onBug: (error) => { throw error } })
  centre.onFact((fact) => facts.push(fact))
  const metrics = createMetrics()
  const delivery = new AlertDelivery({
    centre, clock, metrics, limits, profile: 'demo', locale, scrub: (text) => secrets.scrub(text), random: createRandom(1),
  })
  ended.push(() => delivery.dispose())
  return { secrets, facts, centre, metrics, delivery, channel: () => delivery.states[0] ?? expect.unreachable() }
}

const webhook = (path = '/hook', secret?: string, timeoutMs = 1_000): Sender =>
  createWebhook({
    profile: 'demo', locale: 'en', wallMs: () => Date.now(), timeoutMs, address: () => `${receiver.origin}${path}`,
    ...(secret !== undefined && { secret: () => secret }),
  })
const channel = (sender: Sender, least: ChannelSettings['least'] = 'info'): ChannelSettings => ({ name: 'webhook', sender, least })

const failed = finding('journal-failed', { detail: 'EIO' })
const jumped = finding('clock-jumped', { byMs: 5_000 })

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

describe('Telegram', () => {
  const token = '123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456'
  const telegram = (parts: { token?: () => string } = {}): ChannelSettings => ({
    name: 'telegram', least: 'info',
    sender: createTelegram(
      { profile: 'demo', locale: 'fr', token: () => token, chat: '-100200', timeoutMs: 1_000, base: receiver.origin, ...parts },
    ),
  })
  const good = JSON.stringify({ ok: true, result: {} })

  it('gets a message in the trader’s language, loud when it matters', async () => {
    const { centre, delivery, channel: state } = setUp(quick, systemClock, 'fr')
    receiver.answer = (response) => void response.end(good)
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().delivered === 1)
    expect(receiver.received[0]).toMatchObject({ method: 'POST', path: `/bot${token}/sendMessage` })
    expect(receiver.bodies()[0]).toMatchObject(
      {
        chat_id: '-100200', disable_notification: false,
        text: expect.stringMatching(/^Critique \(demo\)\u00a0: .*\.\nFaites de la place/),
      },
    )
    centre.clear(failed)
    await until(() => state().delivered === 2)
    expect(receiver.bodies()[1]).toMatchObject(
      { disable_notification: true, text: expect.stringMatching(/^Rétabli \(demo\)\u00a0: /) },
    )
  })

  it('is waited for as long as it asks', async () => {
    const { centre, delivery, channel: state } = setUp()
    receiver.answer = (response) => {
      response.statusCode = receiver.received.length === 1 ? 429 : 200
      response.end(response.statusCode === 429 ? JSON.stringify({ ok: false, parameters: { retry_after: 1 } }) : good)
    }
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().delivered === 1)
    const [first, second] = receiver.received.map(({ at }) => at)
    expect(Number(second) - Number(first)).toBeGreaterThan(900)
  })

  it('has not taken what it does not say to have taken', async () => {
    const { centre, delivery, channel: state } = setUp()
    receiver.answer = (response) => void response.end('<html>please log in to this network</html>')
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().problem === 'answer')
  })

  it.each(
    [['nonsense'], [''], ['1:../../evil-path-evil'], ['123456789:AAF/../../x']],
  )('is not asked with the token %j', async (wrong) => {
    const { centre, delivery, channel: state } = setUp()
    delivery.replaceChannels([telegram({ token: () => wrong })])
    centre.raise(failed)
    await until(() => state().problem === 'token')
    expect(receiver.received).toEqual([])
  })

  it('leaves no token in what people see', async () => {
    const { centre, delivery, channel: state, facts } = setUp()
    await receiver.stop()
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().failures === 1)
    expect(JSON.stringify([state(), facts, centre.open()])).not.toContain('AAF-')
  })
})

describe('the sign of life', () => {
  const ping = (isWell: () => boolean, address = (): string => `${receiver.origin}/alive`): AlivePing => {
    const alive = new AlivePing({ address, isWell, everyMs: 60, retryMs: 30, timeoutMs: 100, wallMs: () => Date.now() })
    ended.push(() => alive.dispose())
    return alive
  }

  it('is sent again and again', async () => {
    const alive = ping(() => true)
    await until(() => receiver.received.length >= 3)
    expect(receiver.received[0]).toMatchObject({ method: 'GET', path: '/alive' })
    await until(() => alive.state.sent >= 3)
    expect(alive.state).toMatchObject({ problem: '', withheld: 0, lastAt: expect.any(Number) })
  })

  it('is withheld while the engine is not well, and comes again when it is', async () => {
    let isWell = false
    const alive = ping(() => isWell)
    await until(() => alive.state.withheld >= 3)
    expect(receiver.received).toEqual([])
    isWell = true
    await until(() => receiver.received.length >= 1)
  })

  it('says why it does not get through, and tries again soon', async () => {
    await receiver.stop()
    const alive = ping(() => true)
    await until(() => alive.state.problem === 'ECONNREFUSED')
    await receiver.start()
    await until(() => alive.state.sent >= 1)
    expect(alive.state.problem).toBe('')
  })

  it('is not sent when its address cannot be read, and ends when it is over', async () => {
    const alive = ping(() => true, () => {
      throw new Error('planted-secret')
    })
    await until(() => alive.state.problem === 'secret')
    alive.dispose()
    expect(receiver.received).toEqual([])
  })
})

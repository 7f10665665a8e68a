import { afterEach, beforeEach, expect } from 'vitest'
import { createRandom } from '../../../src-main/base/index.ts'
import {
  AlertCentre, AlertDelivery, createMetrics, createWebhook, finding, SecretRegister, type AlertFact, type ChannelLimits,
  type ChannelSettings, type Sender,
} from '../../../src-main/monitor/index.ts'
import { Receiver } from './receiver.ts'

export const systemClock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() }

export const quick: Partial<ChannelLimits> = {
  backoff: { firstMs: 20, maxMs: 60, lastingMs: 150 }, pace: { burst: 100, keptForCritical: 1, refillMs: 10 },
}
export const ended: (() => void | Promise<void>)[] = []
export let receiver: Receiver

beforeEach(async () => {
  receiver = await new Receiver().start()
  ended.push(() => receiver.stop())
})

afterEach(async () => {
  for (const end of ended.splice(0)) await end()
})

export interface WebhookBody {
  readonly version: number
  readonly profile: string
  readonly sentAt: number
  readonly text: string
  readonly alerts: readonly Readonly<Record<'id' | 'kind' | 'rule' | 'severity' | 'title' | 'action' | 'key', string>>[]
}

export function setUp(limits: Partial<ChannelLimits> = quick, clock = systemClock, locale: 'en' | 'fr' = 'en') {
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

export const webhook = (path = '/hook', secret?: string, timeoutMs = 1_000): Sender =>
  createWebhook({
    profile: 'demo', locale: 'en', wallMs: () => Date.now(), timeoutMs, address: () => `${receiver.origin}${path}`,
    ...(secret !== undefined && { secret: () => secret }),
  })
export const channel = (sender: Sender, least: ChannelSettings['least'] = 'info'): ChannelSettings => ({ name: 'webhook', sender, least })
export const failed = finding('journal-failed', { detail: 'EIO' })
export const jumped = finding('clock-jumped', { byMs: 5_000 })

import type { Random } from '../../base/index.ts'
import type { Clock } from '../../ports/index.ts'
import type { Alert, AlertCentre, AlertChange } from '../alerts/index.ts'
import type { AlertSeverity, Metrics } from '../metrics/index.ts'
import { AlertChannel, channelLimits, type ChannelLimits, type ChannelState } from './alert-channel.ts'
import { messageOf, type AlertMessage, type MessageKind, type MessageParts } from './alert-message.ts'
import type { Sender } from './sender.ts'

/** Carries what the centre raises to every channel that wants it, and the outcome back to the centre. */
export interface DeliveryParts extends MessageParts {
  readonly centre: AlertCentre
  readonly clock: Clock
  /** Only for spreading the tries: each channel gets a stream of its own. */
  readonly random: Random
  readonly metrics: Pick<Metrics, 'alertDelivery' | 'alertDeliveryFailures' | 'alertChannelWaiting'>
  readonly limits?: Partial<ChannelLimits>
  /** Hours in which only what is critical is sent; what is still so afterwards is sent then. */
  readonly isQuiet?: () => boolean
}

export interface ChannelSettings {
  /** As people know it; unique. */
  readonly name: string
  readonly sender: Sender
  /** What is less severe is not sent there. */
  readonly least: AlertSeverity
}

const ranks: Readonly<Record<AlertSeverity, number>> = { info: 0, warning: 1, critical: 2 }

interface OpenChannel {
  readonly name: string
  least: AlertSeverity
  readonly channel: AlertChannel
  /** Causes whose end is worth telling there, because their beginning was told. */
  readonly told: Set<string>
  failures: number
}

const toldMax = 1_000

export class AlertDelivery {
  readonly #parts: DeliveryParts
  readonly #stop: () => void
  #channels: readonly OpenChannel[] = []

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#stop = parts.centre.onChange((change) => this.#hear(change))
  }

  get states(): readonly ChannelState[] {
    return this.#channels.map(({ channel }) => channel.state)
  }

  /**
   * From now on these channels. One that was there keeps what waits in it, and what an open alert still owes to a channel is
   * offered to it, so that neither a crash nor new settings lose one.
   */
  replaceChannels(settings: readonly ChannelSettings[]): void {
    for (const { channel, name } of this.#channels.filter((open) => !settings.some((each) => each.name === open.name))) {
      channel.dispose()
      this.#parts.metrics.alertChannelWaiting.set(undefined, name)
    }
    this.#channels = settings.map((each) => this.#changeChannel(each) ?? this.#openChannel(each))
    this.offerOwed()
  }

  /** What is open, and neither delivered nor on its way: after a start, new settings, or quiet hours. */
  offerOwed(): void {
    const now = this.#parts.clock.wallMs()
    const kept = this.#parts.limits?.keptMs ?? channelLimits.keptMs
    for (const alert of this.#parts.centre.open().toReversed()) {
      const isDue = now - alert.lastAt < kept && alert.snoozed === undefined && alert.acknowledged === undefined
      for (const open of isDue ? this.#channels : []) {
        const isOwed = alert.deliveries[open.name] === undefined && !open.channel.isWaitingFor(alert)
        if (isOwed) this.#offer(open, alert, 'raised', alert.raisedAt)
      }
    }
  }

  dispose(): void {
    this.#stop()
    this.replaceChannels([])
  }

  #hear({ kind, alert, at }: AlertChange): void {
    const said = messageKindOf(kind, alert)
    if (said === undefined) return
    for (const open of this.#channels) {
      if (said !== 'cleared' || open.told.has(causeOf(alert))) this.#offer(open, alert, said, at)
    }
  }

  #offer(open: OpenChannel, alert: Alert, kind: MessageKind, causedAt: number): void {
    // A channel cannot carry the news that it does not work.
    const isOwnTrouble = alert.rule === 'delivery-failing' && alert.subject === open.name
    // A test is to arrive wherever anything could.
    const isTooMild = ranks[alert.severity] < ranks[open.least] && alert.rule !== 'test'
    const isForLater = alert.severity !== 'critical' && alert.rule !== 'test' && this.#parts.isQuiet?.() === true
    if (isOwnTrouble || isTooMild || isForLater) return
    if (kind === 'cleared') open.told.delete(causeOf(alert))
    else if (open.told.size < toldMax) open.told.add(causeOf(alert))
    open.channel.offer(messageOf(alert, kind, this.#parts), causedAt)
  }

  #changeChannel({ name, sender, least }: ChannelSettings): OpenChannel | undefined {
    const open = this.#channels.find((each) => each.name === name)
    if (open === undefined) return undefined
    open.channel.use(sender)
    open.least = least
    return open
  }

  #openChannel(settings: ChannelSettings): OpenChannel {
    const { clock, random, limits, metrics, centre } = this.#parts
    const { name, sender, least } = settings
    const noted = ({ id, kind }: AlertMessage, fact: { readonly afterMs: number } | { readonly reason: string }): void => {
      if (kind === 'cleared') return
      const at = clock.wallMs()
      if ('reason' in fact) centre.noteDelivery({ kind: 'alert.undelivered', at, body: { id, channel: name, ...fact } })
      else centre.noteDelivery({ kind: 'alert.delivered', at, body: { id, channel: name, ...fact } })
    }
    const open: OpenChannel = {
      name,
      least,
      told: new Set(centre.open().filter(({ deliveries }) => deliveries[name] === 'delivered').map(causeOf)),
      failures: 0,
      channel: new AlertChannel({
        name, sender, clock,
        random: random.split(`channel ${name}`),
        ...(limits && { limits }),
        onDelivered: (message, afterMs) => {
          metrics.alertDelivery.observe(afterMs / 1_000, name)
          noted(message, { afterMs })
        },
        onUndelivered: (message, reason) => noted(message, { reason }),
        onState: ({ waiting, failures }) => {
          metrics.alertChannelWaiting.set(waiting, name)
          metrics.alertDeliveryFailures.add(failures - open.failures, name)
          open.failures = failures
        },
      }),
    }
    return open
  }
}

const causeOf = ({ rule, subject }: Pick<Alert, 'rule' | 'subject'>): string => `${rule} ${subject}`

function messageKindOf(kind: AlertChange['kind'], alert: Alert): MessageKind | undefined {
  if (kind === 'raised') return 'raised'
  if (kind === 'back') return 'again'
  return kind === 'cleared' && alert.cleared?.why === 'well' ? 'cleared' : undefined
}

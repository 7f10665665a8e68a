import type { Random } from '../../base/index.ts'
import type { Clock } from '../../ports/index.ts'
import type { AlertSeverity } from '../metrics/index.ts'
import type { AlertMessage } from './alert-message.ts'
import { backoffMs, Pace, type BackoffLimits, type PaceLimits } from './pace.ts'
import { failed, type SendOutcome } from './send-request.ts'
import type { Sender } from './sender.ts'

/**
 * Brings alerts to one receiver. It must never throw at whoever raises an alert, and never make him wait.
 * Invariants: 1 a message is tried until it is delivered or a day old, and either is told; 2 at most one request is under way;
 * 3 what waits is bounded, and what has to go is told; 4 a storm is one digest, not a hundred messages.
 */
export interface ChannelParts {
  readonly name: string
  readonly sender: Sender
  readonly clock: Clock
  readonly random: Random
  readonly limits?: Partial<ChannelLimits>
  readonly onDelivered: (message: AlertMessage, afterMs: number) => void
  readonly onUndelivered: (message: AlertMessage, reason: string) => void
  /** After each try and each new message. */
  readonly onState: (state: ChannelState) => void
}

export interface ChannelLimits {
  readonly waitingMax: number
  /** As many at once are one digest. */
  readonly digestFrom: number
  readonly keptMs: number
  readonly sendMs: number
  readonly pace: PaceLimits
  readonly backoff: BackoffLimits
}

export const channelLimits: ChannelLimits = {
  waitingMax: 200,
  digestFrom: 4,
  keptMs: 86_400_000,
  sendMs: 15_000,
  pace: { burst: 8, keptForCritical: 3, refillMs: 5_000 },
  backoff: { firstMs: 500, maxMs: 15_000, lastingMs: 60_000 },
}

export interface ChannelState {
  readonly name: string
  readonly state: 'idle' | 'ok' | 'failing'
  readonly failingSince: number | undefined
  /** A word, such as timeout or http-500. */
  readonly problem: string
  readonly waiting: number
  readonly delivered: number
  readonly failures: number
  readonly lastDeliveredAt: number | undefined
}

interface Waiting {
  readonly message: AlertMessage
  /** Wall time, for the latency that people see; a process that is restarted knows no other. */
  readonly causedAt: number
}

const ranks: Readonly<Record<AlertSeverity, number>> = { critical: 0, warning: 1, info: 2 }

export class AlertChannel {
  readonly #parts: ChannelParts
  #sender: Sender
  readonly #limits: ChannelLimits
  readonly #pace: Pace
  #waiting: readonly Waiting[] = []
  #isSending = false
  #isDisposed = false
  #timer: NodeJS.Timeout | undefined
  #failuresInARow = 0
  #failingSince: number | undefined
  #problem = ''
  #delivered = 0
  #failures = 0
  #lastDeliveredAt: number | undefined

  constructor(parts: ChannelParts) {
    this.#parts = parts
    this.#sender = parts.sender
    this.#limits = { ...channelLimits, ...parts.limits }
    this.#pace = new Pace(this.#limits.pace, parts.clock.monotonicMs())
  }

  get name(): string {
    return this.#parts.name
  }

  get state(): ChannelState {
    const isUsed = this.#delivered > 0 || this.#failures > 0
    return {
      name: this.#parts.name,
      state: this.#failingSince === undefined ? (isUsed ? 'ok' : 'idle') : 'failing',
      failingSince: this.#failingSince,
      problem: this.#problem,
      waiting: this.#waiting.length,
      delivered: this.#delivered,
      failures: this.#failures,
      lastDeliveredAt: this.#lastDeliveredAt,
    }
  }

  offer(message: AlertMessage, causedAt: number): void {
    if (this.#isDisposed) return
    // The most severe leaves first; of the same severity the oldest.
    this.#waiting = [...this.#waiting, { message, causedAt }].toSorted(
      (left, right) => ranks[left.message.severity] - ranks[right.message.severity],
    )
    const crowded = this.#waiting.slice(this.#limits.waitingMax)
    this.#waiting = this.#waiting.slice(0, this.#limits.waitingMax)
    for (const { message: lost } of crowded) this.#parts.onUndelivered(lost, 'too-many')
    this.#parts.onState(this.state)
    // A failing receiver is not asked sooner because more has happened; one that only has to wait for its turn may be.
    if (this.#failuresInARow === 0) this.#wait(0)
  }

  /** Another address or secret: what waits is tried there at once. */
  use(sender: Sender): void {
    this.#sender = sender
    this.#failuresInARow = 0
    this.#wait(0)
  }

  /** By its cause: an alert that was raised before the journal could be read has another number afterwards. */
  isWaitingFor({ rule, subject }: Pick<AlertMessage, 'rule' | 'subject'>): boolean {
    return this.#waiting.some(({ message }) => message.kind !== 'cleared' && message.rule === rule && message.subject === subject)
  }

  dispose(): void {
    this.#isDisposed = true
    clearTimeout(this.#timer)
  }

  #wait(delayMs: number): void {
    if (this.#isDisposed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#turn(), delayMs)
    this.#timer.unref()
  }

  async #turn(): Promise<void> {
    if (this.#isSending || this.#isDisposed) return
    this.#dropOld()
    const [first] = this.#waiting
    if (first === undefined) return
    const waitMs = this.#pace.take(this.#parts.clock.monotonicMs(), first.message.severity === 'critical')
    if (waitMs > 0) return this.#wait(waitMs)
    const batch = this.#waiting.length >= this.#limits.digestFrom ? this.#waiting : [first]
    this.#isSending = true
    const outcome = await this.#send(batch.map(({ message }) => message))
    this.#isSending = false
    if (outcome.ok) this.#becomeWell(batch)
    else this.#becomeIll(outcome)
    this.#parts.onState(this.state)
  }

  /** Whatever a sender does, it ends in an outcome and in time: a keychain that asks for its password may never answer. */
  async #send(messages: readonly AlertMessage[]): Promise<SendOutcome> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<SendOutcome>((resolve) => {
      timer = setTimeout(() => resolve(failed('timeout', false)), this.#limits.sendMs)
    })
    try {
      return await Promise.race([this.#sender.send(messages), late])
    } catch {
      // Only a secret that could not be read comes here, and its error may quote it.
      return failed('secret', false)
    } finally {
      clearTimeout(timer)
    }
  }

  #becomeWell(batch: readonly Waiting[]): void {
    this.#failuresInARow = 0
    this.#failingSince = undefined
    this.#problem = ''
    const now = this.#parts.clock.wallMs()
    this.#lastDeliveredAt = now
    this.#delivered += batch.length
    this.#waiting = this.#waiting.filter((each) => !batch.includes(each))
    for (const { message, causedAt } of batch) this.#parts.onDelivered(message, Math.max(0, now - causedAt))
    if (this.#waiting.length > 0) this.#wait(0)
  }

  #becomeIll({ problem, isLasting, retryAfterMs }: Extract<SendOutcome, { ok: false }>): void {
    this.#failuresInARow += 1
    this.#failures += 1
    this.#failingSince ??= this.#parts.clock.wallMs()
    this.#problem = problem
    this.#wait(Math.max(retryAfterMs ?? 0, backoffMs(this.#limits.backoff, this.#failuresInARow, isLasting, this.#parts.random)))
  }

  #dropOld(): void {
    const now = this.#parts.clock.wallMs()
    const old = this.#waiting.filter(({ causedAt }) => now - causedAt >= this.#limits.keptMs)
    this.#waiting = this.#waiting.filter((each) => !old.includes(each))
    for (const { message } of old) this.#parts.onUndelivered(message, this.#problem === '' ? 'too-late' : this.#problem)
  }
}

import { failed, sendRequest, type SendOutcome } from './send-request.ts'

/**
 * Tells an address of the trader's that the engine is alive, for a service that raises the alarm when it hears nothing. An engine
 * that is not well says nothing: silence is the alarm.
 */
export interface AlivePingParts {
  /** Asked for at the moment of use: whoever knows it could pretend to be well. */
  readonly address: () => string | Promise<string>
  readonly everyMs: number
  readonly isWell: () => boolean
  readonly wallMs: () => number
  readonly retryMs?: number
  readonly timeoutMs?: number
}

export interface AlivePingState {
  readonly lastAt: number | undefined
  /** Why the last one did not get through; empty when it did. */
  readonly problem: string
  readonly sent: number
  /** How often nothing was sent because the engine was not well. */
  readonly withheld: number
}

const retryMs = 15_000
const timeoutMs = 10_000

export class AlivePing {
  readonly #parts: AlivePingParts
  #timer: NodeJS.Timeout | undefined
  #isDisposed = false
  #state: AlivePingState = { lastAt: undefined, problem: '', sent: 0, withheld: 0 }

  constructor(parts: AlivePingParts) {
    this.#parts = parts
    this.#wait(0)
  }

  get state(): AlivePingState {
    return this.#state
  }

  dispose(): void {
    this.#isDisposed = true
    clearTimeout(this.#timer)
  }

  #wait(delayMs: number): void {
    if (this.#isDisposed) return
    this.#timer = setTimeout(() => void this.#turn(), delayMs)
    this.#timer.unref()
  }

  async #turn(): Promise<void> {
    const { everyMs, isWell, wallMs } = this.#parts
    const soonMs = Math.min(everyMs, this.#parts.retryMs ?? retryMs)
    if (!isWell()) {
      this.#state = { ...this.#state, withheld: this.#state.withheld + 1 }
      return this.#wait(soonMs)
    }
    const outcome = await this.#send()
    if (outcome.ok) this.#state = { ...this.#state, lastAt: wallMs(), problem: '', sent: this.#state.sent + 1 }
    else this.#state = { ...this.#state, problem: outcome.problem }
    this.#wait(outcome.ok ? everyMs : soonMs)
  }

  async #send(): Promise<SendOutcome> {
    try {
      const address = await this.#parts.address()
      return await sendRequest({ method: 'GET', address, timeoutMs: this.#parts.timeoutMs ?? timeoutMs })
    } catch {
      // Only the address itself can fail to come, and its error may quote it.
      return failed('secret', false)
    }
  }
}

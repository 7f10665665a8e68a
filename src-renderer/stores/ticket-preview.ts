import { create } from 'zustand'
import type { BridgeError, PreviewView } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import type { TicketWish } from './ticket-wish.ts'

export interface PreviewFacts {
  /** The last answer, and what it was about. */
  readonly preview: PreviewView | undefined
  readonly about: string | undefined
  readonly error: BridgeError | undefined
  /** A newer one is on its way, or will be asked for in a moment. */
  readonly isAsking: boolean
}

const nothing: PreviewFacts = { preview: undefined, about: undefined, error: undefined, isAsking: false }

export const usePreview = create<PreviewFacts>()(() => nothing)

/** Whoever types is not asked for at each letter. */
export const settleMs = 150
/** The market goes on while the ticket lies there. */
export const renewMs = 1_000
const answerWithinMs = 4_000

/** Asks for what is drafted, a moment after it was; then again and again, one question at a time. */
export class PreviewAsker {
  readonly #bridge: ScreenBridge
  #wish: TicketWish | undefined
  #about = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #isUnderWay = false
  #isOver = false

  constructor(bridge: ScreenBridge) {
    this.#bridge = bridge
    usePreview.setState(nothing)
  }

  dispose(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    usePreview.setState(nothing)
  }

  want(wish: TicketWish | undefined): void {
    const about = wish === undefined ? '' : JSON.stringify(wish)
    if (about === this.#about) return
    this.#wish = wish
    this.#about = about
    clearTimeout(this.#timer)
    // Of something else than what is typed now, the figures are wrong and not only old.
    usePreview.setState(wish === undefined ? nothing : { isAsking: true })
    if (wish !== undefined) this.#plan(settleMs)
  }

  /** Something happened that may change the answer. */
  renew(): void {
    if (this.#wish === undefined || this.#isUnderWay) return
    clearTimeout(this.#timer)
    this.#plan(settleMs)
  }

  #plan(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#ask(), delayMs)
  }

  async #ask(): Promise<void> {
    const [wish, about] = [this.#wish, this.#about]
    if (wish === undefined || this.#isUnderWay || this.#isOver) return
    this.#isUnderWay = true
    const reply = this.#bridge.state === 'open' ? await this.#bridge.call('trading.preview', wish, { timeoutMs: answerWithinMs }) : undefined
    this.#isUnderWay = false
    if (this.#isOver) return
    const isCurrent = about === this.#about
    if (isCurrent && reply !== undefined) {
      usePreview.setState(reply.ok ? { preview: reply.value, about, error: undefined, isAsking: false } : { error: reply.error, isAsking: false })
    }
    clearTimeout(this.#timer)
    this.#plan(isCurrent ? renewMs : 0)
  }
}

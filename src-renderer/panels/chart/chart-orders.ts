import { hasEnded, type OrderView, type PreviewView } from '../../../src-preload/contract/index.ts'
import { refusalText, translateError } from '../../../src-preload/contract/text/index.ts'
import type { ScreenBridge } from '../../bridge/screen-bridge.ts'
import type { OrderLine } from '../../charts/order-lines.ts'
import type { PriceChart } from '../../charts/price-chart.ts'
import { printSteps } from '../../format/price.ts'
import { refusalNumbers } from '../../format/refusal-number.ts'
import { instrumentOf } from '../../stores/market-instruments.ts'
import { act } from '../../stores/trading-hand.ts'
import { holdOrders, liveOrdersOf, useOrders } from '../../stores/trading-orders.ts'
import { holdPositions, positionsOf, usePositions } from '../../stores/trading-positions.ts'
import { useTradingSafety } from '../../stores/trading-safety.ts'
import { useTradingSetup } from '../../stores/trading-setup.ts'
import { textIn } from '../../ui/use-text.ts'
import { lineId, lineOfPosition, linesOfOrder, orderOfLine, type MovablePrice } from './chart-order-lines.ts'
import type { ChartStore } from './chart-facts.ts'

interface ChartOrdersParts {
  readonly bridge: ScreenBridge
  readonly host: HTMLElement
  readonly chart: PriceChart
  readonly facts: ChartStore
}

/** An order's price that is being moved, and has not been let go yet. */
interface Move {
  readonly order: OrderView
  readonly price: MovablePrice
  readonly ticks: number
  readonly preview: PreviewView | string | undefined
  /** It was let go, and waits for a yes. */
  readonly isHeld: boolean
}

/**
 * Orders and positions on the chart. It must never change an order that was not let go on purpose: what was taken by mistake is put back by Escape, and a
 * line that was not moved by a tick asks for nothing.
 */
export class ChartOrders {
  readonly #parts: ChartOrdersParts
  readonly #endings: (() => void)[] = []
  #releases: readonly (() => void)[] = []
  #move: Move | undefined
  /** The press that is going on belongs to an order. */
  #isTaken = false
  #asked: ReturnType<typeof setTimeout> | undefined

  constructor(parts: ChartOrdersParts) {
    this.#parts = parts
    const { host } = parts
    const on = <Name extends keyof HTMLElementEventMap>(name: Name, take: (event: HTMLElementEventMap[Name]) => void): void => {
      host.addEventListener(name, take, { capture: true })
      this.#endings.push(() => host.removeEventListener(name, take, { capture: true }))
    }
    on('pointerdown', (event) => this.#press(event))
    on('pointermove', (event) => this.#drag(event))
    on('pointerup', (event) => this.#letGo(event))
    on('pointercancel', () => void this.leave())
    on('mousedown', (event) => this.#keepFromChart(event))
    on('touchstart', (event) => this.#keepFromChart(event))
    this.#endings.push(useOrders.subscribe(() => this.refresh()), usePositions.subscribe(() => this.refresh()), parts.facts.subscribe((now, before) => {
      if (now.replay !== before.replay) this.refresh()
    }))
  }

  dispose(): void {
    this.sleep()
    clearTimeout(this.#asked)
    for (const end of this.#endings) end()
    this.#tell(undefined)
  }

  wake(): void {
    if (this.#releases.length > 0) return
    const { bridge } = this.#parts
    this.#releases = [holdOrders(bridge), holdPositions(bridge)]
    this.refresh()
  }

  sleep(): void {
    this.leave()
    for (const release of this.#releases) release()
    this.#releases = []
  }

  refresh(): void {
    const { chart } = this.#parts
    const known = this.#move
    const now = known === undefined ? undefined : useOrders.getState().orders.get(known.order.id)
    // It ended, or something else has changed it: then what is in the hand is no longer what was taken.
    if (known !== undefined && (now === undefined || hasEnded(now.status) || priceOf(now, known.price) !== priceOf(known.order, known.price))) {
      this.leave()
      return
    }
    chart.orders.show(this.#lines())
  }

  /** Puts back what is in the hand; false where nothing is. */
  leave(): boolean {
    if (this.#move === undefined) return false
    clearTimeout(this.#asked)
    this.#move = undefined
    this.#tell(undefined)
    this.refresh()
    return true
  }

  /** The yes to a move that was let go and is asked about. */
  confirm(): void {
    const move = this.#move
    if (move?.isHeld === true) this.#send(move)
  }

  #lines(): readonly OrderLine[] {
    const { chart, facts } = this.#parts
    // A replay shows another time: no order of now belongs into it.
    if (facts.getState().replay !== undefined) return []
    const { instrument, locale } = chart.looks
    const move = this.#move
    const orders = liveOrdersOf(useOrders.getState().orders, instrument.id)
    const positions = positionsOf(usePositions.getState().positions, instrument.id).flatMap((position) => lineOfPosition(locale, position, instrument) ?? [])
    const lines = [...positions, ...orders.flatMap((order) => linesOfOrder(locale, order, instrument))]
    if (move === undefined) return lines
    const id = lineId(move.order.id, move.price)
    return lines.map((line) => (line.id === id ? { ...line, ticks: move.ticks, price: printSteps(locale, move.ticks, instrument.tick), look: 'flight' as const } : line))
  }

  #ticksAt(event: PointerEvent): number | undefined {
    const { left, top } = this.#parts.host.getBoundingClientRect()
    return this.#parts.chart.anchorAt({ x: event.clientX - left, y: event.clientY - top })?.ticks
  }

  #press(event: PointerEvent): void {
    this.#isTaken = false
    // A press anywhere else is no yes.
    if (!this.leave()) this.#tell(undefined)
    const { host, chart, facts } = this.#parts
    if (event.button !== 0 || facts.getState().tool !== undefined || this.#ticksAt(event) === undefined) return
    const line = chart.orders.hitAt(event.clientY - host.getBoundingClientRect().top)
    const found = line === undefined ? undefined : orderOfLine(line.id)
    const order = found === undefined ? undefined : useOrders.getState().orders.get(found.order)
    if (line === undefined || found === undefined || order === undefined) return
    this.#isTaken = true
    event.stopImmediatePropagation()
    host.focus({ preventScroll: true })
    host.setPointerCapture(event.pointerId)
    if (useTradingSafety.getState().isLocked) return this.#tell(textIn(chart.looks.locale)('screen.ticket.locked'))
    this.#move = { order, price: found.price, ticks: line.ticks, preview: undefined, isHeld: false }
  }

  #drag(event: PointerEvent): void {
    const move = this.#move
    if (move === undefined || move.isHeld) return
    event.stopImmediatePropagation()
    const ticks = this.#ticksAt(event)
    if (ticks === undefined || ticks < 1 || ticks === move.ticks) return
    this.#show({ ...move, ticks, preview: undefined })
    clearTimeout(this.#asked)
    this.#asked = setTimeout(() => void this.#askPreview(), previewAfterMs)
  }

  #letGo(event: PointerEvent): void {
    const move = this.#move
    if (move === undefined || move.isHeld) return
    event.stopImmediatePropagation()
    if (move.ticks === priceOf(move.order, move.price)) return void this.leave()
    if (!useTradingSafety.getState().confirms.amend) return this.#send(move)
    this.#show({ ...move, isHeld: true })
  }

  #keepFromChart(event: Event): void {
    if (!this.#isTaken) return
    event.stopImmediatePropagation()
    event.preventDefault()
  }

  #send({ order, price, ticks }: Move): void {
    const { bridge } = this.#parts
    this.leave()
    void act(bridge, 'trading.amend', order.id, { order: order.id, ...(price === 'limit' ? { limit: ticks } : { trigger: ticks }) })
  }

  async #askPreview(): Promise<void> {
    const asked = this.#move
    const { bridge, chart } = this.#parts
    if (asked === undefined || bridge.state !== 'open') return
    const { order, price, ticks } = asked
    const reply = await bridge.call('trading.preview', { of: 'amend', order: order.id, ...(price === 'limit' ? { limit: ticks } : { trigger: ticks }) })
    const now = this.#move
    if (now === undefined || now.ticks !== ticks || now.order.id !== order.id) return
    this.#show({ ...now, preview: reply.ok ? reply.value : translateError(chart.looks.locale, reply.error) })
  }

  #show(move: Move): void {
    this.#move = move
    this.#tell(this.#sentence(move), move.isHeld)
    this.refresh()
  }

  /** What letting go would do, and whether it would be refused. */
  #sentence({ order, ticks, preview }: Move): string {
    const { locale, instrument } = this.#parts.chart.looks
    const text = textIn(locale)
    const moved = text('screen.chart.move', { side: text(`order.side.${order.side}`), size: printSteps(locale, order.remaining, instrument.lot), price: printSteps(locale, ticks, instrument.tick) })
    if (preview === undefined) return `${moved} ${text('screen.ticket.counting')}`
    if (typeof preview === 'string') return `${moved} ${preview}`
    if (preview.verdict.ok) return `${moved} ${text('screen.chart.move.ok')}`
    const { setup } = useTradingSetup.getState()
    return `${moved} ${refusalText(locale, preview.verdict.refusal, refusalNumbers(locale, { setup, instrumentOf }))}`
  }

  #tell(words: string | undefined, isAsked = false): void {
    const { facts } = this.#parts
    if (words === undefined && facts.getState().orderNote === undefined) return
    facts.setState({ orderNote: words === undefined ? undefined : { words, isAsked } })
  }
}

const previewAfterMs = 120

const priceOf = (order: OrderView, price: MovablePrice): number | undefined => (price === 'limit' ? order.limit : order.trigger?.price) ?? undefined

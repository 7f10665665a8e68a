import { rawOf } from '../../../src-main/base/index.ts'
import type { OrderId, Side } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimInput, Step } from './scene.ts'
import type { SeenOrder } from './witness.ts'

/**
 * C7 a command does what it says, once: told again it does nothing; what is turned round is closed and opened in the same size; of all
 * that are to go no others go.
 */
export function createObedienceChecker({ court, witness, facts }: Scene): Checker {
  const obeyed = new Set<string>()
  /** As it was before the step. */
  const held = new Map<string, number>()
  let live: readonly SeenOrder[] = []

  const judgeRepeated = ({ input, events }: Step, commandId: string): void => {
    const intended = events.filter(({ kind }) => kind === 'order-intended').length
    if (obeyed.has(commandId)) court.check('C7', intended === 0, () => `command ${commandId} (${input.kind}) was told again and led to ${intended} orders more`)
    if (events.some((event) => event.kind === 'command-taken' && event.commandId === commandId)) obeyed.add(commandId)
  }

  const judgeReverse = ({ events }: Step, instrument: string): void => {
    const taken = events.find((event) => event.kind === 'command-taken')
    if (taken?.kind !== 'command-taken') return
    const was = Math.abs(held.get(instrument) ?? 0)
    const sizes = events.flatMap((event) => (event.kind === 'order-intended' && taken.orders.includes(event.order) ? [rawOf(event.lots)] : []))
    const wanted = taken.orders.length === 1 ? 2 * was : was
    // Of two, the first closes all there is, whatever that comes to.
    const opened = sizes.at(-1) ?? 0
    court.check('C7', opened === wanted, () => `${was} lots of ${instrument} are to be turned round, and ${opened} are asked for`)
  }

  const judgeCancelAll = ({ events }: Step, { instrument, side, includeExternal }: Extract<SimInput, { kind: 'cancel-all' }>): void => {
    if (!events.some(({ kind }) => kind === 'command-taken')) return
    const gone = new Set<OrderId>()
    for (const event of events) {
      if ((event.kind === 'cancel-changed' && event.to === 'sending' && event.by === 'person') || (event.kind === 'order-canceled' && event.by === 'person')) gone.add(event.order)
    }
    for (const order of live) {
      const isMeant = (instrument === undefined || instrumentOf(order) === instrument) && (side === undefined || sideOf(order) === side)
      if (isMeant && (order.view === undefined || includeExternal === true)) continue
      // What belongs to another that goes may go with it.
      if (isMeant || order.link !== undefined || order.onBehalfOf !== undefined) continue
      court.check('C7', !gone.has(order.id), () => `${order.id} (${instrumentOf(order)}, ${sideOf(order)}) goes with all of ${instrument ?? 'everything'}, ${side ?? 'both sides'}`)
    }
  }

  return {
    step(step) {
      const { input } = step
      if ('commandId' in input) judgeRepeated(step, input.commandId)
      if (input.kind === 'reverse-position') judgeReverse(step, input.instrument)
      if (input.kind === 'cancel-all') judgeCancelAll(step, input)
      if (step.events.length === 0) return
      for (const { instrument: { id } } of facts.tradables) held.set(id, witness.positionOf(id))
      live = [...witness.live.values()]
    },
    recovered({ recovered }) {
      obeyed.clear()
      for (const event of recovered) if (event.kind === 'command-taken') obeyed.add(event.commandId)
    },
  }
}

const instrumentOf = ({ spec, view }: SeenOrder): string | undefined => spec?.instrument ?? view?.instrument
const sideOf = ({ spec, view }: SeenOrder): Side | undefined => spec?.side ?? view?.side

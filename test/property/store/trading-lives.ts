import fc from 'fast-check'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { amount, lots, perpetual, Rig, spot, ticks, type RigOptions } from '../../unit/engine/trading-rig.ts'
import { actions, Driver } from '../engine/trading-actions.ts'

/** Whole lives of an engine, driven by chance: its own suite's, and ones in which trades show late, money moves by itself and shares split. */
const anyLife: fc.Arbitrary<Rig> = fc.oneof(
  fc.tuple(actions, fc.constantFrom<RigOptions>({}, { positions: 'hedging' })).map(([steps, options]) => {
    const driver = new Driver(options)
    for (const step of steps) driver.do(step)
    return driver.rig
  }),
  fc.array(fc.oneof(
    { weight: 4, arbitrary: fc.record({ does: fc.constant('work' as const), buys: fc.boolean(), inSpot: fc.boolean(), size: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 6, arbitrary: fc.record({ does: fc.constant('fill' as const), which: fc.nat({ max: 5 }), size: fc.integer({ min: 1, max: 9 }), off: fc.nat({ max: 40 }), late: fc.nat({ max: 3 }), fee: fc.integer({ min: -3, max: 9 }) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('hide' as const), which: fc.nat({ max: 5 }), size: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('revise' as const), which: fc.nat({ max: 5 }), size: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('post' as const), reason: fc.constantFrom('funding', 'deposit', 'withdrawal', 'dividend'), size: fc.integer({ min: -50, max: 50 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('split' as const), numerator: fc.integer({ min: 1, max: 3 }), denominator: fc.integer({ min: 1, max: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('reject-then-show' as const), size: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('stranger' as const), which: fc.nat({ max: 5 }), size: fc.integer({ min: 1, max: 5 }) }) },
  ), { minLength: 1, maxLength: 25, size: 'max' }).map((steps) => {
    const rig = Rig.active()
    steps.forEach((step, index) => perform(rig, step, index))
    return rig
  }),
)

/** A whole engine printed tells nobody anything: what it decided does. */
export const life: fc.Arbitrary<Rig> = anyLife.map((rig) => Object.defineProperty(rig, fc.toStringMethod, {
  value: () => rig.events.map((event) => JSON.stringify(event)).join('\n'),
}))

type Step =
  | { readonly does: 'work'; readonly buys: boolean; readonly inSpot: boolean; readonly size: number }
  | { readonly does: 'fill'; readonly which: number; readonly size: number; readonly off: number; readonly late: number; readonly fee: number }
  | { readonly does: 'hide' | 'revise' | 'stranger'; readonly which: number; readonly size: number }
  | { readonly does: 'post'; readonly reason: 'funding' | 'deposit' | 'withdrawal' | 'dividend'; readonly size: number }
  | { readonly does: 'split'; readonly numerator: number; readonly denominator: number }
  | { readonly does: 'reject-then-show'; readonly size: number }

function perform(rig: Rig, step: Step, index: number): void {
  rig.quoteAll()
  rig.at += 10
  const { at } = rig
  switch (step.does) {
    case 'work': return work(rig, step)
    case 'fill': {
      const id = pick(rig, step.which)
      // What shows late was made before what is known already.
      const terms = { price: ticks(9_900 + step.off), at: at - step.late * 25, fee: amount(step.fee) }
      if (id !== undefined) rig.fill(id, step.size, terms)
      return
    }
    case 'hide': return hide(rig, step)
    case 'revise': {
      const id = pick(rig, step.which)
      if (id !== undefined) rig.report(id, { lots: lots(Number(rig.order(id).filled) + step.size), updatedAt: at + 5 }, 'query')
      return
    }
    case 'post': {
      const posting = { reference: `p${index}`, reason: step.reason, asset: 'USD', amount: amount(step.size), instrument: perpetual.instrument.id, at } as const
      return void rig.process({ kind: 'posting-reported', at, account: 'main', posting })
    }
    case 'split': {
      const [numerator, denominator] = [step.numerator, step.denominator].map((each) => each as never)
      const split = { reference: `s${index}`, instrument: perpetual.instrument.id, numerator: numerator as never, denominator: denominator as never, at }
      return void rig.process({ kind: 'split-reported', at, account: 'main', split })
    }
    case 'reject-then-show': {
      const taken = place(rig, step.size)
      if (taken === undefined) return
      rig.process({ kind: 'send-rejected', at, account: 'main', order: taken, proof: 'HTTP 400 -2010' })
      rig.fill(taken, step.size)
      return
    }
    case 'stranger': {
      const id = pick(rig, step.which)
      if (id === undefined) return
      const { order: _, ...view } = rig.view(id, { venueOrder: `x${index}`, lots: lots(step.size), filled: lots(0) })
      rig.process({ kind: 'order-reported', at, account: 'main', via: 'stream', view })
      const { order: __, ...trade } = rig.trade(id, 1, { venueOrder: `x${index}` })
      rig.process({ kind: 'trade-reported', at, account: 'main', via: 'stream', trade })
      return
    }
  }
}

function work(rig: Rig, { buys, inSpot, size }: Extract<Step, { readonly does: 'work' }>): void {
  const { instrument } = inSpot ? spot : perpetual
  const outcome = rig.command({
    kind: 'place-order', ...rig.asked(),
    order: rig.spec({ instrument: instrument.id, side: buys ? 'buy' : 'sell', limit: ticks(buys ? 9_900 : 10_100), size: { by: 'quantity', lots: lots(size) } }),
  })
  const taken = outcome.events.find((event) => event.kind === 'command-taken')
  const id = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
  if (id !== undefined && rig.order(id).sentAt > 0) rig.accept(id)
}

function place(rig: Rig, size: number): OrderId | undefined {
  const outcome = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec({ size: { by: 'quantity', lots: lots(size) } }) })
  const taken = outcome.events.find((event) => event.kind === 'command-taken')
  const id = taken?.kind === 'command-taken' ? taken.orders[0] : undefined
  return id !== undefined && rig.order(id).sentAt > 0 ? id : undefined
}

/** The venue counts a fill and shows no trade of it for two minutes. */
function hide(rig: Rig, { which, size }: { readonly which: number; readonly size: number }): void {
  const id = pick(rig, which)
  if (id === undefined) return
  const filled = lots(Number(rig.order(id).filled) + size)
  const view = rig.view(id, { filled, averagePrice: ticks(9_900), updatedAt: rig.at })
  rig.pass(130_000)
  rig.answerEpoch({ openOrders: { ok: true, items: [view] }, positions: { ok: false, why: 'not asked' } })
  rig.pass(3_000)
  const others = [...rig.engine.openOrders()].filter((order) => order.id !== id && order.sentAt > 0).map((order) => rig.view(order.id))
  rig.answerEpoch({ openOrders: { ok: true, items: [view, ...others] }, positions: { ok: true, items: [] } })
}

function pick(rig: Rig, which: number): OrderId | undefined {
  const sent = [...rig.engine.orders()].filter(({ sentAt }) => sentAt > 0).slice(-6)
  return sent[which % Math.max(1, sent.length)]?.id
}

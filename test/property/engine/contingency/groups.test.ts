import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import { isTerminal } from '../../../../src-main/domain/index.ts'
import type { OrderSpec, SelfTradePolicy, Tradable } from '../../../../src-main/domain/index.ts'
import { openOf, orderSpec, perpetual, SmallEngine, spot, ticks } from '../../../unit/engine/contingency/small-engine.ts'
import type { SmallOrder } from '../../../unit/engine/contingency/small-engine.ts'

/** Something that a venue, a market, a person or a crash does to a group; `pick` chooses whom it befalls. */
interface Blow {
  readonly kind:
    | 'fill-entry' | 'end-entry' | 'accept' | 'reject' | 'doubt' | 'absent' | 'fill' | 'venue-cancel' | 'prove-cancel' | 'refuse-cancel' | 'amend-taken'
    | 'amend-refused' | 'last' | 'quote' | 'pass' | 'restart' | 'halt' | 'resume' | 'close-by-hand' | 'amend-leg' | 'buy-by-hand'
  readonly pick: number
  readonly size: number
}

const kinds = [
  'fill-entry', 'fill-entry', 'fill-entry', 'end-entry', 'accept', 'accept', 'accept', 'reject', 'doubt', 'absent', 'fill', 'fill', 'fill', 'venue-cancel', 'prove-cancel',
  'prove-cancel', 'prove-cancel', 'refuse-cancel', 'amend-taken', 'amend-taken', 'amend-refused', 'last', 'last', 'quote', 'quote', 'pass', 'restart', 'halt', 'resume', 'resume',
] as const
const blow = (of: readonly Blow['kind'][]): fc.Arbitrary<Blow> =>
  fc.record({ kind: fc.constantFrom(...of), pick: fc.integer({ min: 0, max: 1_000 }), size: fc.integer({ min: 1, max: 60 }) })

const entry = orderSpec({ side: 'buy', type: 'limit', limit: ticks(100) })
const stop = orderSpec({ side: 'sell', type: 'stop', trigger: { price: ticks(90), source: 'last' } })
const trail = orderSpec({ side: 'sell', type: 'trailing-stop', trail: { distance: { by: 'amount', ticks: ticks(12) }, source: 'last' } })
const target = (limit: number, size = 100): OrderSpec => orderSpec({ side: 'sell', type: 'limit', limit: ticks(limit) }, size)
const profit = orderSpec({ side: 'sell', type: 'take-profit', trigger: { price: ticks(112), source: 'last' } })

const legs = fc.constantFrom<readonly OrderSpec[]>([stop, target(112)], [target(112), stop], [trail, target(112)], [stop, profit], [stop, target(108, 50), target(115, 50)], [stop])
const venue = fc.constantFrom<Tradable>(
  perpetual(), perpetual({ amend: false }), perpetual({ triggerOrders: false }), perpetual({ reduceOnly: false }), spot(), spot({ amend: true }), spot({ triggerOrders: false }),
)

const chosen = (orders: readonly SmallOrder[], pick: number): SmallOrder | undefined => orders[pick % Math.max(orders.length, 1)]
const remaining = ({ lots, filled }: SmallOrder): number => rawOf(lots) - rawOf(filled)

/** Everything that was sent and has not ended. */
const sent = (engine: SmallEngine): readonly SmallOrder[] =>
  [...engine.orders.values()].filter(({ status, venueSpec }) => venueSpec !== undefined && !isTerminal(status))

const strike = (engine: SmallEngine, of: SmallOrder, { kind, pick, size }: Blow): void => {
  const pieces = sent(engine).filter(({ id }) => id !== of.id)
  const onPiece = (which: (piece: SmallOrder) => boolean, act: (piece: SmallOrder) => void): void => {
    const piece = chosen(pieces.filter(which), pick)
    if (piece !== undefined) act(piece)
  }
  const onAny = (which: (order: SmallOrder) => boolean, act: (order: SmallOrder) => void): void => {
    const order = chosen(sent(engine).filter(which), pick)
    if (order !== undefined) act(order)
  }
  const isThere = ({ status }: SmallOrder): boolean => status === 'working' || status === 'partial'
  switch (kind) {
    case 'fill-entry': {
      if (!isTerminal(of.status)) engine.fill(of, Math.min(size, remaining(of)))
      return
    }
    case 'end-entry': return isTerminal(of.status) ? undefined : engine.end(of, 'canceled')
    case 'accept': return onPiece(({ status }) => status === 'sending' || status === 'unknown', (piece) => engine.accept(piece))
    case 'reject': return onPiece(({ status, filled }) => status === 'sending' && rawOf(filled) === 0, (piece) => engine.end(piece, 'rejected'))
    case 'doubt': return onPiece(({ status }) => status === 'sending', (piece) => engine.doubt(piece))
    case 'absent': return onPiece(({ status, filled }) => status === 'unknown' && rawOf(filled) === 0, (piece) => engine.end(piece, 'absent'))
    case 'fill': return onPiece((piece) => remaining(piece) > 0, (piece) => engine.fill(piece, Math.min(size, remaining(piece))))
    case 'venue-cancel': return onPiece((piece) => isThere(piece) && piece.cancel === 'none', (piece) => engine.end(piece, 'canceled'))
    case 'prove-cancel': return onAny(({ cancel }) => cancel === 'sending', (order) => engine.proveCanceled(order))
    case 'refuse-cancel': return onAny(({ cancel }) => cancel === 'sending', (order) => engine.refuseCancel(order))
    case 'amend-taken': return onPiece(({ amend }) => amend === 'sending', (piece) => engine.answerAmend(piece, true))
    case 'amend-refused': return onPiece(({ amend }) => amend === 'sending', (piece) => engine.answerAmend(piece, false))
    case 'last': return engine.last(80 + (pick % 45))
    case 'quote': return engine.quote(80 + (pick % 45), 81 + (pick % 45))
    case 'pass': return engine.pass(size * 500)
    case 'restart': return engine.restart()
    case 'halt': {
      engine.isHalted = true
      return
    }
    case 'resume': return resume(engine)
    case 'close-by-hand': {
      const position = rawOf(engine.position('main', 'BTC/USD', 'net'))
      if (position <= 0) return
      const close = engine.place(orderSpec({ side: 'sell', type: 'market' }, Math.min(size, position)))
      if (close.status === 'sending') engine.fill(close, Math.min(size, position))
      return
    }
    case 'amend-leg': {
      const leg = chosen([...engine.orders.values()].filter(({ link, status, triggered }) => link?.role === 'child' && !isTerminal(status) && !triggered), pick)
      if (leg?.trigger !== undefined && leg.spec.trail === undefined) leg.trigger = ticks(rawOf(leg.trigger) + (size % 7) - 3)
      else if (leg?.limit !== undefined) leg.limit = ticks(rawOf(leg.limit) + (size % 7) - 3)
      if (leg === undefined) return
      engine.contingencies.touched(leg.id)
      return engine.run()
    }
    case 'buy-by-hand': return void engine.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(80 + (pick % 60)) }, size))
  }
}

const resume = (engine: SmallEngine): void => {
  engine.isHalted = false
  engine.contingencies.recheck()
  engine.run()
}

/** The venue answers everything, time passes, nothing new happens. */
const calm = (engine: SmallEngine): void => {
  resume(engine)
  for (let round = 0; round < 30; round += 1) {
    for (const order of sent(engine)) if (order.status === 'sending' || order.status === 'unknown') engine.accept(order)
    for (const order of sent(engine)) if (order.amend === 'sending') engine.answerAmend(order, true)
    for (const order of sent(engine)) if (order.cancel === 'sending') engine.proveCanceled(order)
    engine.pass(40_000)
  }
}

/** What is to be protected, counted the plainest way. */
const leftOf = (of: SmallOrder, exits: readonly SmallOrder[]): number => rawOf(of.filled) - exits.reduce((sum, { filled }) => sum + rawOf(filled), 0)
const heldOf = (engine: SmallEngine, of: SmallOrder, exits: readonly SmallOrder[]): number =>
  Math.max(0, Math.min(leftOf(of, exits), rawOf(engine.position('main', 'BTC/USD', 'net'))))

const isStop = ({ spec }: SmallOrder): boolean => spec.type === 'stop' || spec.type === 'trailing-stop'

interface Case {
  readonly engine: SmallEngine
  readonly entry: SmallOrder
  readonly exits: readonly SmallOrder[]
  readonly isExclusive: boolean
}

const policies = fc.constantFrom<SelfTradePolicy | undefined>(undefined, 'cancel-new', 'cancel-resting', 'cancel-both', 'decrement-both')

const bracket = (tradable: Tradable, specs: readonly OrderSpec[], policy?: SelfTradePolicy): Case => {
  const engine = new SmallEngine(tradable)
  engine.selfTrade = policy
  const [made, ...exits] = engine.placeGroup('g1', 'bracket', [entry, ...specs]) as [SmallOrder, ...SmallOrder[]]
  engine.accept(made)
  return { engine, entry: made, exits, isExclusive: tradable.abilities.locksBalance || !tradable.abilities.reduceOnly }
}

const expectProtected = ({ engine, entry: of, exits }: Case): void => {
  if (engine.isHalted) return
  const held = heldOf(engine, of, exits)
  for (const leg of exits) {
    if (!isStop(leg) || held === 0) continue
    const isCovered = openOf(engine, leg) >= held
    expect(isCovered || leg.triggered || engine.contingencies.isGuarding(leg.id), `${held} held, ${openOf(engine, leg)} covered`).toBe(true)
  }
}

const expectWithinLeft = ({ engine, entry: of, exits, isExclusive }: Case): void => {
  if (isExclusive) expect(openOf(engine, ...exits)).toBeLessThanOrEqual(Math.max(0, leftOf(of, exits)))
}

const expectExact = ({ engine, entry: of, exits, isExclusive }: Case): void => {
  const held = heldOf(engine, of, exits)
  const stops = exits.filter(isStop)
  const targets = exits.filter((leg) => !isStop(leg))
  if (held === 0) {
    expect(openOf(engine, ...exits)).toBe(0)
    if (isTerminal(of.status)) {
      expect(engine.hasGroupEnded('g1')).toBe(true)
      expect(exits.every(({ status }) => isTerminal(status))).toBe(true)
    }
    return
  }
  expect(openOf(engine, ...targets)).toBeLessThanOrEqual(held)
  for (const leg of stops) {
    const covered = openOf(engine, leg)
    const byEngine = engine.contingencies.isGuarding(leg.id)
    const byTargets = isExclusive ? openOf(engine, ...targets) : 0
    if (leg.triggered || !byEngine) expect(covered).toBe(held - (leg.triggered ? 0 : byTargets))
    else expect(covered).toBeLessThan(held)
  }
}

describe('a bracket under blows', () => {
  it('has a stop for all that its entry filled less what exits filled, at every step', () => {
    fc.assert(
      fc.property(venue, legs, fc.array(blow(kinds), { maxLength: 60 }), (tradable, specs, blows) => {
        const made = bracket(tradable, specs)
        for (const each of blows) {
          strike(made.engine, made.entry, each)
          expectProtected(made)
          expectWithinLeft(made)
        }
        calm(made.engine)
        expectExact(made)
      }),
      { numRuns: 1_500 },
    )
  })

  it('leaves nothing behind when the position is closed past it', () => {
    fc.assert(
      fc.property(venue, legs, fc.array(blow([...kinds, 'close-by-hand', 'close-by-hand']), { maxLength: 60 }), (tradable, specs, blows) => {
        const made = bracket(tradable, specs)
        for (const each of blows) {
          strike(made.engine, made.entry, each)
          expectProtected(made)
        }
        calm(made.engine)
        expectExact(made)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a bracket under blows while its prices are changed and orders by hand stand in its way', () => {
  it('stays protected at every step, and exact once all is calm', () => {
    fc.assert(
      fc.property(venue, legs, policies, fc.array(blow([...kinds, 'amend-leg', 'amend-leg', 'buy-by-hand', 'buy-by-hand']), { maxLength: 60 }), (tradable, specs, policy, blows) => {
        const made = bracket(tradable, specs, policy)
        for (const each of blows) {
          strike(made.engine, made.entry, each)
          expectProtected(made)
          expectWithinLeft(made)
        }
        calm(made.engine)
        const prices = (leg: SmallOrder): unknown => [leg.limit, leg.trigger]
        for (const leg of made.exits) {
          for (const piece of made.engine.livePieces(leg)) if (piece.spec.type === leg.spec.type) expect(prices(piece)).toEqual(prices(leg))
        }
        expectExact(made)
      }),
      { numRuns: 1_500 },
    )
  })
})

describe('an oco under blows', () => {
  it('never trades more than the larger leg by its own doing, and ends all legs with the first that is full', () => {
    fc.assert(
      fc.property(fc.constantFrom(spot(), spot({ amend: true }), spot({ triggerOrders: false })), fc.array(blow(kinds), { maxLength: 60 }), (tradable, blows) => {
        const engine = new SmallEngine(tradable)
        engine.moveTo(100)
        const both = engine.placeGroup('g1', 'oco', [target(112), stop])
        const nobody = engine.place(orderSpec({ side: 'buy', type: 'limit', limit: ticks(1) }, 1))
        engine.end(nobody, 'canceled')
        for (const each of blows) {
          strike(engine, nobody, each)
          const filled = both.reduce((sum, leg) => sum + rawOf(leg.filled), 0)
          expect(filled + openOf(engine, ...both)).toBeLessThanOrEqual(100)
        }
        calm(engine)
        const filled = both.reduce((sum, leg) => sum + rawOf(leg.filled), 0)
        expect(engine.hasGroupEnded('g1')).toBe(filled === 100 || both.every(({ status }) => isTerminal(status)))
        if (filled === 100) expect(both.every(({ status }) => isTerminal(status))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

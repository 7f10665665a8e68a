import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderStatus } from '../../../src-main/domain/index.ts'
import { canonicalJson, TradingEngine } from '../../../src-main/engine/index.ts'
import { actions, Driver } from './trading-actions.ts'
import type { Action } from './trading-actions.ts'
import { lots, Rig, ticks } from '../../unit/engine/trading-rig.ts'

const cases = { numRuns: 1_000 }
/** A thousand lives of an engine; other work may share the machine. */
const patienceMs = 180_000

function drive(steps: readonly Action[]): Driver {
  const driver = new Driver()
  for (const step of steps) driver.do(step)
  return driver
}

describe('trades of one order', () => {
  const told = fc.array(fc.record({ trade: fc.nat({ max: 6 }), again: fc.nat({ max: 2 }) }), { minLength: 1, maxLength: 12 })

  it('lead to the same, however often and in whatever order they are told', () => {
    fc.assert(fc.property(told, fc.infiniteStream(fc.nat()), (telling, draws) => {
      const distinct = [...new Set(telling.map(({ trade }) => trade))].sort((a, b) => a - b)
      const inOrder = applyTrades(distinct)
      const repeated = telling.flatMap(({ trade, again }) => Array.from({ length: again + 1 }, () => trade))
      const shuffled = repeated.map((trade) => ({ trade, draw: draws.next().value })).sort((a, b) => a.draw - b.draw).map(({ trade }) => trade)
      expect(applyTrades(shuffled)).toEqual(inOrder)
    }), cases)
  }, patienceMs)
})

/** What is left of an order once these of its trades were told. */
function applyTrades(which: readonly number[]): unknown {
  const rig = Rig.active()
  const id = rig.work({ size: { by: 'quantity', lots: lots(20) } })
  for (const trade of which) {
    const shown = { ...rig.trade(id, trade + 1), trade: `t${trade}`, price: ticks(9_900 - trade), at: rig.at + trade }
    rig.process({ kind: 'trade-reported', at: rig.at, account: 'main', via: 'stream', trade: shown })
  }
  const { status, filled, overfill, fills } = rig.order(id)
  const { accounts } = rig.engine.snapshot()
  return { status, filled, overfill, trades: fills.map(({ trade }) => trade.trade).sort(), books: canonicalJson(accounts[0]?.books) }
}

const inDoubt = (engine: TradingEngine): number => [...engine.orders()].filter(({ status }) => status === 'unknown' || status === 'stuck').length

describe('for whatever happens to the engine', () => {
  it('its numbers have no gap, over restarts', () => {
    fc.assert(fc.property(actions, (steps) => {
      const { journal } = drive(steps)
      expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_event, place) => place + 1))
    }), cases)
  }, patienceMs)

  it('a replay of its journal is its state, byte for byte', () => {
    fc.assert(fc.property(actions, (steps) => {
      const { rig, journal } = drive(steps)
      const other = new TradingEngine(rig.setup)
      for (const event of journal) other.replay(event)
      expect(canonicalJson(other.snapshot())).toBe(rig.state())
    }), cases)
  }, patienceMs)

  it('what was made from a snapshot and the events after it is the same', () => {
    fc.assert(fc.property(actions, fc.nat(), (steps, cut) => {
      const { rig, journal } = drive(steps)
      const first = new TradingEngine(rig.setup)
      const place = cut % (journal.length + 1)
      for (const event of journal.slice(0, place)) first.replay(event)
      const second = new TradingEngine(rig.setup, JSON.parse(canonicalJson(first.snapshot())))
      for (const event of journal.slice(place)) second.replay(event)
      expect(canonicalJson(second.snapshot())).toBe(rig.state())
    }), cases)
  }, patienceMs)

  it('it knows how many orders are in doubt without looking at them, live, replayed and restored', () => {
    fc.assert(fc.property(actions, fc.nat(), (steps, cut) => {
      const driver = new Driver()
      for (const step of steps) {
        driver.do(step)
        expect(driver.rig.engine.counts().doubted).toBe(inDoubt(driver.rig.engine))
      }
      const first = new TradingEngine(driver.rig.setup)
      for (const event of driver.journal.slice(0, cut % (driver.journal.length + 1))) first.replay(event)
      expect(first.counts().doubted).toBe(inDoubt(first))
      const second = new TradingEngine(driver.rig.setup, JSON.parse(canonicalJson(first.snapshot())))
      expect(second.counts().doubted).toBe(inDoubt(first))
    }), cases)
  }, patienceMs)

  it('no order is sent twice, and none before the record that it needs', () => {
    fc.assert(fc.property(actions, (steps) => {
      const { left, journal } = drive(steps)
      const sends = left.filter((request) => request.kind === 'send-order')
      expect(new Set(sends.map(({ order }) => order)).size).toBe(sends.length)
      for (const send of sends) expect(journal[send.needs - 1]).toMatchObject({ kind: 'order-sending', order: send.order })
    }), cases)
  }, patienceMs)

  it('what is filled is the sum of the fills and never shrinks, and no trade is applied twice', () => {
    fc.assert(fc.property(actions, (steps) => {
      const driver = new Driver()
      const filled = new Map<string, number>()
      for (const step of steps) {
        driver.do(step)
        if (step.does === 'restart') filled.clear()
        for (const order of driver.rig.engine.orders()) {
          expect(Number(order.filled)).toBeGreaterThanOrEqual(filled.get(order.id) ?? 0)
          filled.set(order.id, Number(order.filled))
          if (order.sentAt === 0) continue
          expect(order.fills.reduce((sum, { trade }) => sum + Number(trade.lots), 0)).toBe(Number(order.filled))
          const names = order.fills.map(({ trade }) => trade.trade)
          expect(new Set(names).size).toBe(names.length)
        }
      }
    }), cases)
  }, patienceMs)

  it('an order that ended stays ended, but for fills and for a correction on record', () => {
    fc.assert(fc.property(actions, (steps) => {
      const driver = new Driver()
      let statuses = new Map<string, OrderStatus>()
      let told = 0
      for (const step of steps) {
        driver.do(step)
        const corrected = driver.journal.slice(step.does === 'restart' ? 0 : told).flatMap((event) => (event.kind === 'order-corrected' ? [event.order] : []))
        told = driver.journal.length
        const before = step.does === 'restart' ? new Map<string, OrderStatus>() : statuses
        statuses = new Map([...driver.rig.engine.orders()].map(({ id, status }) => [id, status]))
        for (const [id, status] of before) {
          if (!isTerminal(status) || statuses.get(id) === status || statuses.get(id) === 'filled') continue
          expect(corrected).toContain(id)
        }
      }
    }), cases)
  }, patienceMs)

  it('a command asked again changes nothing and asks for nothing', () => {
    fc.assert(fc.property(actions, (steps) => {
      const { rig } = drive(steps)
      const before = rig.state()
      for (const command of [...rig.inputs]) {
        if (!('commandId' in command) || rig.engine.answerTo(command.commandId) === undefined) continue
        expect(rig.process(command)).toEqual({ events: [], requests: [] })
      }
      expect(rig.state()).toBe(before)
    }), cases)
  }, patienceMs)

  it('the same happens again for the same inputs', () => {
    fc.assert(fc.property(actions, (steps) => {
      const one = drive(steps)
      const other = drive(steps)
      expect(canonicalJson(other.left)).toBe(canonicalJson(one.left))
      expect(other.rig.state()).toBe(one.rig.state())
    }), { numRuns: 300 })
  }, patienceMs)
})

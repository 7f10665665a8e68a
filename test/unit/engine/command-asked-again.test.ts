import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { CommandMemory } from '../../../src-main/engine/command-memory.ts'
import { Rig } from './trading-rig.ts'

const hourMs = 3_600_000

const askAgain = (rig: Rig, commandId: string) => rig.command({ kind: 'place-order', commandId, at: rig.at, order: rig.spec() })

/** Any other command turns the memory to its hour. */
const another = (rig: Rig): void => void rig.command({ kind: 'cancel-all', ...rig.asked(), side: 'sell' })

const first = 'command-1'

describe('a command that is asked again', () => {
  it('doubles no order that is open, though the clock leapt by more than a day', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.at += 30 * hourMs
    rig.process({ kind: 'clock-jumped', at: rig.at, byMs: 30 * hourMs })
    another(rig)
    rig.quoteAll()
    expect(askAgain(rig, first).events).toEqual([])
    expect(rig.engine.answerTo(first)?.orders).toEqual([id])
    expect(rig.sends()).toHaveLength(1)
  })

  it('doubles no order that is open, however many days it has been', () => {
    const rig = Rig.active()
    rig.work()
    for (let day = 0; day < 3; day += 1) {
      rig.at += 25 * hourMs
      another(rig)
      rig.restart([], rig.engine.snapshot())
    }
    rig.quoteAll()
    expect(askAgain(rig, first).events).toEqual([])
    expect(rig.sends()).toHaveLength(1)
  })

  it('is forgotten a day after it once its order is over', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.at += 25 * hourMs
    another(rig)
    expect(rig.engine.answerTo(first)).toBeDefined()
    rig.report(id, { status: 'canceled' })
    rig.at += hourMs
    another(rig)
    expect(rig.engine.answerTo(first)).toBeUndefined()
  })

  it('is remembered alike by an engine that went on from a snapshot, from the journal, and without a stop', () => {
    const rig = Rig.active()
    const id = rig.work()
    rig.at += 25 * hourMs
    another(rig)
    rig.report(id, { status: 'canceled' })
    const before = rig.state()
    rig.restart([], rig.engine.snapshot())
    expect(rig.state()).toBe(before)
    rig.restart()
    expect(rig.state()).toBe(before)
    const after: string[] = []
    for (const past of [undefined, rig.engine.snapshot()]) {
      const copy = new Rig()
      copy.restart(past === undefined ? rig.events : [], past)
      copy.at = rig.at + hourMs
      another(copy)
      after.push(copy.state())
    }
    expect(after[1]).toBe(after[0])
  })
})

describe('the memory of commands', () => {
  it('gives up, when it is full, the oldest of those whose orders are over', () => {
    const open = 'open' as OrderId
    const memory = new CommandMemory(3, (order) => order === open)
    for (const [place, orders] of [[open], [], [], []].entries()) memory.keep({ commandId: `c${place}`, command: 'place-order', at: place, orders })
    expect([0, 1, 2, 3].map((place) => memory.answerTo(`c${place}`) !== undefined)).toEqual([true, false, true, true])
  })
})

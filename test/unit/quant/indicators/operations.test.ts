import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../../src-main/base/index.ts'
import { BarMachine } from '../../../../src-main/quant/indicators/index.ts'
import { createGraph, type Graph, type Signal } from '../../../../src-main/quant/indicators/graph.ts'
import * as node from '../../../../src-main/quant/indicators/nodes/index.ts'
import { operations, type Operation } from '../../../../src-main/quant/indicators/operations.ts'

/** Two bars: (open, high, low, close, volume) = (1, 8, 2, 4, 10), then (4, 9, 3, 6, 30). */
const bars = [{ open: 1, high: 8, low: 2, close: 4, volume: 10 }, { open: 4, high: 9, low: 3, close: 6, volume: 30 }]

type Build = (g: Graph, close: Signal, high: Signal, low: Signal) => Signal

const cases: Readonly<Record<Operation, readonly [build: Build, expected: number]>> = {
  custom: [(g, close) => node.map1(g, 'square', close, (x) => x * x), 36],
  subtract: [(g, close, high) => node.subtract(g, close, high), -3],
  add: [(g, close, high) => node.add(g, close, high), 15],
  multiply: [(g, close, high) => node.multiply(g, close, high), 54],
  middle: [(g, close, high) => node.middle(g, close, high), 7.5],
  scale: [(g, close) => node.scale(g, close, 0.5), 3],
  offset: [(g, close, high) => node.offsetBy(g, close, high, 2), 24],
  ratio: [(g, close, high) => node.ratio(g, high, close, 10, 0), 15],
  position: [(g, close, high, low) => node.position(g, [close, low, high], 100, 0), 50],
  magnitude: [(g, close, high) => node.magnitude(g, node.subtract(g, close, high)), 3],
  copy: [(g, close) => node.withhold(g, close, 1), 6],
  delay: [(g, close) => node.delay(g, close, 1), 4],
  change: [(g, close) => node.change(g, close, 1), 2],
  gain: [(g, close) => node.gain(g, close), 2],
  loss: [(g, close) => node.loss(g, node.scale(g, close, -1)), 2],
  stride: [(g, close) => node.stride(g, node.scale(g, close, -1)), 2],
  exponential: [(g, close) => node.exponential(g, close, 1, 0.25, 'first'), 4.5],
  sum: [(g, close) => node.sum(g, close, 2), 10],
  highest: [(g, _close, high) => node.highest(g, high, 2), 9],
  lowest: [(g, _close, _high, low) => node.lowest(g, low, 2), 2],
  variance: [(g, close) => node.variance(g, close, 2, 1), 2],
  weigh: [(g, close) => node.weigh(g, 'three to one', close, Float64Array.of(3, 1)), 22],
  trueRange: [(g) => node.trueRange(g), 6],
  meanOfThree: [(g) => node.typicalPrice(g), 6],
  share: [(g, close, high) => node.share(g, close, high, 100, 0), 40],
  balance: [(g, close, high) => node.balance(g, close, high, 100, 0), -20],
  cumulative: [(g, close) => node.cumulative(g, close), 10],
  mean: [(g, close) => node.mean(g, close, 2), 5],
  deviation: [(g, close) => node.deviation(g, close, 2, 0), 1],
  strength: [(g, close) => node.relativeStrength(g, close, 1), 100],
}

describe('the operation', () => {
  it.each(Object.entries(cases))('%s is the one that the switch runs under its number', (operation, [build, expected]) => {
    const g = createGraph()
    const signal = build(g, g.source('close'), g.source('high'), g.source('low'))
    const placed = g.nodes()[signal.id]?.plan.does
    expect(typeof placed === 'function' ? 'custom' : placed?.operation).toBe(operation)
    const machine = new BarMachine(g, [{ name: 'value', signal }])
    for (const bar of bars) ensureOk(machine.update(bar), 'update')
    expect(machine.value()).toBe(expected)
  })

  it('numbers are all different', () => {
    expect(new Set(Object.values(operations)).size).toBe(Object.keys(cases).length)
  })
})

describe('a division by nothing', () => {
  it.each([
    ['ratio', (g: Graph, close: Signal) => node.ratio(g, close, node.scale(g, close, 0), 1, 7)],
    ['position', (g: Graph, close: Signal) => node.position(g, [close, close, close], 1, 7)],
    ['share', (g: Graph, close: Signal) => node.share(g, close, node.scale(g, close, -1), 1, 7)],
    ['balance', (g: Graph, close: Signal) => node.balance(g, close, node.scale(g, close, -1), 1, 7)],
  ])('gives what the %s was told', (_name, build) => {
    const g = createGraph()
    const machine = new BarMachine(g, [{ name: 'value', signal: build(g, g.source('close')) }])
    for (const bar of bars) ensureOk(machine.update(bar), 'update')
    expect(machine.value()).toBe(7)
  })
})

describe('an extreme over a window in which something is missing', () => {
  it.each(
    [['highest', node.highest], ['lowest', node.lowest]] as const,
  )('%s: is missing too, and comes back when that has left', (_name, fold) => {
    const g = createGraph()
    const holed = node.map1(g, 'holed', g.source('close'), (x) => (x === 3 || x === 8 ? Number.NaN : x))
    const machine = new BarMachine(g, [{ name: 'value', signal: fold(g, holed, 3) }])
    const available = Array.from({ length: 14 }, (_, index) => {
      ensureOk(machine.update({ open: 1, high: 1, low: 1, close: index, volume: 1 }), 'update')
      return !Number.isNaN(machine.value())
    })
    expect(available).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((index) => index >= 2 && ![3, 4, 5, 8, 9, 10].includes(index)),
    )
  })
})

describe('a variance over a window', () => {
  const steps = (count: number, n: number, closeOf: (bar: number) => number): readonly number[] => {
    const g = createGraph()
    const machine = new BarMachine(g, [{ name: 'value', signal: node.variance(g, g.source('close'), n, 0) }])
    return Array.from({ length: count }, (_, bar) => {
      ensureOk(machine.update({ open: 1, high: 1, low: 1, close: closeOf(bar), volume: 1 }), 'update')
      return machine.value()
    })
  }

  it('is exactly nothing once all of the window is equal, wherever the jump before it fell', () => {
    for (let jump = 5; jump < 15; jump++) {
      const values = steps(30, 5, (bar) => (bar < jump ? 1e9 + 0.1 : 0.3))
      values.forEach((value, bar) => {
        if (bar < 4) expect(value).toBeNaN()
        else if (bar >= jump && bar < jump + 4) expect(value).toBeGreaterThan(1e17)
        else expect(value).toBe(0)
      })
    }
  })

  it('is that of its values alone, on every bar of a block', () => {
    const closeOf = (bar: number): number => ((bar * 7) % 11) + (bar % 13 === 0 ? 100 : 0)
    for (const n of [1, 2, 3, 7]) {
      steps(60, n, closeOf).forEach((value, bar) => {
        if (bar < n - 1) return expect(value).toBeNaN()
        const values = Array.from({ length: n }, (_, back) => closeOf(bar - back))
        const mean = values.reduce((total, x) => total + x, 0) / n
        expect(value).toBeCloseTo(values.reduce((total, x) => total + (x - mean) ** 2, 0) / n, 9)
      })
    }
  })
})

describe('a snapshot', () => {
  it('with another fingerprint is refused, and nothing is changed', () => {
    const g = createGraph()
    const machine = new BarMachine(g, [{ name: 'value', signal: node.mean(g, g.source('close'), 2) }])
    for (const bar of bars) ensureOk(machine.update(bar), 'update')
    const older = { ...machine.snapshot(), fingerprint: '00000000', bars: 0 }
    expect(machine.restore(older)).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect([machine.bars, machine.value()]).toEqual([2, 5])
  })
})

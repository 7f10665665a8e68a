import { at } from '../cells.ts'
import type { Graph, Signal } from '../graph.ts'
import { tap } from '../nodes/index.ts'

/**
 * Scalars: seven last values each of the smoothed price, the detrender, the in-phase and the quadrature part (newest first),
 * then the numbered ones. The price's own history is read from its ring.
 */
const [smooth, detrender, inPhase, quadrature] = [0, 7, 14, 21]
const [i2, q2, re, im, cyclePeriod, phase, follower] = [28, 29, 30, 31, 32, 33, 34]
const scalars = 35
const warmUp = 32

const transform = (cells: Float64Array, s: number, pace: number): number =>
  (0.0962 * at(cells, s) + 0.5769 * at(cells, s + 2) - 0.5769 * at(cells, s + 4) - 0.0962 * at(cells, s + 6)) * pace

function push(cells: Float64Array, s: number, value: number): void {
  cells.copyWithin(s + 1, s, s + 6)
  cells[s] = value
}

/** The dominant cycle's length from the turn of the phasor since the last bar. */
function measureCycle(cells: Float64Array, s: number, inner: number, outer: number): void {
  const [lastI, lastQ] = [at(cells, s + i2), at(cells, s + q2)]
  const nowI = 0.2 * inner + 0.8 * lastI
  const nowQ = 0.2 * outer + 0.8 * lastQ
  const real = 0.2 * (nowI * lastI + nowQ * lastQ) + 0.8 * at(cells, s + re)
  const imaginary = 0.2 * (nowI * lastQ - nowQ * lastI) + 0.8 * at(cells, s + im)
  const before = at(cells, s + cyclePeriod)
  const turned = imaginary !== 0 && real !== 0 ? (2 * Math.PI) / Math.atan(imaginary / real) : before
  const near = Math.max(0.67 * before, Math.min(1.5 * before, turned))
  cells[s + cyclePeriod] = 0.2 * Math.max(6, Math.min(50, near)) + 0.8 * before
  cells[s + i2] = nowI
  cells[s + q2] = nowQ
  cells[s + re] = real
  cells[s + im] = imaginary
}

/** How far the phase moved back since the last bar, in degrees, at least one. */
function phaseStep(cells: Float64Array, s: number): number {
  const now = at(cells, s + inPhase) === 0 ? at(cells, s + phase) : (
    Math.atan(at(cells, s + quadrature) / at(cells, s + inPhase)) * 180
  ) / Math.PI
  const moved = at(cells, s + phase) - now
  cells[s + phase] = now
  return Math.max(1, moved)
}

export function mesaAverages(g: Graph, price: Signal, fast: number, slow: number): readonly [Signal, Signal] {
  const average = g.place({
    key: `mama ${fast} ${slow}(${price.id})`,
    inputs: [price],
    lag: warmUp,
    depth: 3,
    scalars: scalars + 1,
    does: ({ cells, out, state: s, ring }) => {
      const { base, mask } = ring(price)
      const ago = (bar: number, bars: number): number => at(cells, base + ((bar - bars) & mask))
      return (bar) => {
        const x = at(cells, price.id)
        if (bar < 3) {
          cells[s + follower] = x
          cells[s + scalars] = x
          return
        }
        const pace = 0.075 * at(cells, s + cyclePeriod) + 0.54
        push(cells, s + smooth, (4 * x + 3 * ago(bar, 1) + 2 * ago(bar, 2) + ago(bar, 3)) / 10)
        push(cells, s + detrender, transform(cells, s + smooth, pace))
        push(cells, s + quadrature, transform(cells, s + detrender, pace))
        push(cells, s + inPhase, at(cells, s + detrender + 3))
        const inner = at(cells, s + inPhase) - transform(cells, s + quadrature, pace)
        const outer = at(cells, s + quadrature) + transform(cells, s + inPhase, pace)
        measureCycle(cells, s, inner, outer)
        const alpha = Math.max(slow, fast / phaseStep(cells, s))
        const line = alpha * x + (1 - alpha) * at(cells, s + scalars)
        cells[s + scalars] = line
        cells[s + follower] = 0.5 * alpha * line + (1 - 0.5 * alpha) * at(cells, s + follower)
        if (bar >= warmUp) cells[out] = line
      }
    },
  })
  return [average, tap(g, average, follower)]
}

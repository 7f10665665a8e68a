import { betaTails } from './incomplete-beta.ts'
import type { Tails } from './incomplete-gamma.ts'

function fTails(x: number, freedomAbove: number, freedomBelow: number): Tails {
  const scaled = freedomAbove * Math.max(0, x)
  if (scaled === Infinity) return { lower: 1, upper: 0 }
  const sum = scaled + freedomBelow
  return betaTails(freedomAbove / 2, freedomBelow / 2, { x: scaled / sum, rest: freedomBelow / sum })
}

/** P(F ≤ x) of Fisher's law. */
export const fCdf = (x: number, freedomAbove: number, freedomBelow: number): number => fTails(x, freedomAbove, freedomBelow).lower

/** P(F > x), exact far in the tail. */
export const fSurvival = (x: number, freedomAbove: number, freedomBelow: number): number =>
  fTails(x, freedomAbove, freedomBelow).upper

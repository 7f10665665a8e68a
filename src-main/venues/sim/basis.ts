import type { Random } from '../../base/index.ts'
import { minutesPerDay } from './daily-rhythm.ts'
import { Noise } from './noise.ts'

/** How far a perpetual stands from its spot market, as a logarithm: slow, small and on average a little above. */
export type BasisDay = Float64Array

const hours = 24
const mean = 0.00015
const deviation = 0.00035

const hourNodes = (random: Random, name: string, day: number): Float64Array => {
  const noise = new Noise(random.split(`basis:${name}:${day}`))
  return Float64Array.from({ length: hours }, () => mean + deviation * noise.normal())
}

/** At each minute's beginning and at the day's end; the end is the next day's beginning. */
export const drawBasisDay = (random: Random, name: string, day: number): BasisDay => {
  const nodes = hourNodes(random, name, day)
  const next = hourNodes(random, name, day + 1)[0] as number
  return Float64Array.from({ length: minutesPerDay + 1 }, (_, minute) => {
    const hour = Math.floor(minute / 60)
    const share = minute / 60 - hour
    if (hour === hours) return next
    return (nodes[hour] as number) * (1 - share) + (nodes[hour + 1] ?? next) * share
  })
}

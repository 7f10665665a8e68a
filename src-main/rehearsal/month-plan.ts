import type { Random } from '../base/index.ts'
import { chaosPresetNames, type ChaosPresetName } from '../venues/sim/index.ts'
import { tailFaults, type TailFault } from './journal-model.ts'

/** What befalls the program at a drawn moment; how often in a day. */
export const mishapRates = {
  'crash': 1.5, 'clock-forward-1h': 0.3, 'clock-back-1h': 0.3, 'clock-step-back': 1, 'loop-stall-5s': 2, 'machine-sleep-20min': 0.2,
  'one-symbol-dead': 2, 'crossed-book': 2, 'frozen-timestamps': 1, 'venue-restart': 0.5,
} as const
export type MishapName = keyof typeof mishapRates

export interface Mishap {
  readonly at: number
  readonly name: MishapName
  /** In [0, 1): how. */
  readonly shape: number
}

export interface CrashForm {
  /** With so many records from now. */
  readonly appends: number
  readonly moment: 'written' | 'durable' | 'left'
  readonly tail: TailFault
  readonly tailAt: number
  readonly downMs: number
}

export interface Change {
  readonly at: number
  readonly weather: ChaosPresetName
}

const dayMs = 86_400_000
const weatherMs = 30 * 60_000
const calmShare = 0.7
/** Nothing befalls it while it starts, and in the end it has time to come to rest. */
const quietMs = 20 * 60_000
const downMostMs = 15_000

export function drawMishaps(random: Random, from: number, days: number): readonly Mishap[] {
  const room = days * dayMs - 2 * quietMs
  return Object.entries(mishapRates).flatMap(([name, perDay]) => {
    const drawn = random.split(`mishap ${name}`)
    const count = Math.max(1, Math.round(perDay * days))
    return Array.from({ length: count }, (_, index): Mishap => ({
      at: Math.floor(from + quietMs + ((index + drawn.nextFloat53()) * room) / count), name: name as MishapName, shape: drawn.nextFloat53(),
    }))
  })
}

/** Mostly calm; each bad hour is one of the house's presets. */
export function drawWeather(random: Random, from: number, days: number): readonly Change[] {
  const drawn = random.split('weather')
  const bad = chaosPresetNames.filter((name) => name !== 'calm')
  const count = Math.max(1, Math.floor((days * dayMs - 2 * quietMs) / weatherMs))
  return Array.from({ length: count }, (_, index) => {
    const [share, pick] = [drawn.nextFloat53(), drawn.nextInt(bad.length)]
    return { at: from + quietMs + index * weatherMs, weather: share < calmShare ? 'calm' : (bad[pick] ?? 'calm') }
  })
}

const moments = ['written', 'durable', 'left'] as const

export function drawCrash(random: Random): CrashForm {
  return {
    appends: 1 + random.nextInt(12),
    moment: moments[random.nextInt(moments.length)] ?? 'written',
    tail: tailFaults[random.nextInt(tailFaults.length)] ?? 'lost',
    tailAt: random.nextFloat53(),
    downMs: 200 + random.nextInt(downMostMs),
  }
}

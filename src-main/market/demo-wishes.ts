/** How the demo market is wanted, from the surroundings of the process: for tests and benches. */
export interface DemoWishes {
  readonly seed: number
  /** Updates a second of each instrument; the market's own rhythm when it is left out. */
  readonly intensity?: number
  /** Milliseconds UTC at which it stands still from the beginning: what is shown is then the same every time. */
  readonly standsAt?: number
}

export interface ReadWishes {
  readonly wishes: DemoWishes
  /** Names of variables whose text was no use; what they ask for is left as it is usually. */
  readonly unusable: readonly string[]
}

export const usualSeed = 7
const intensityMax = 500
/** A day after the market's past begins: there has to be one. */
const historyStartSecond = Date.UTC(2024, 0, 2) / 1_000

export function readDemoWishes(surroundings: Readonly<Record<string, string | undefined>>): ReadWishes {
  const unusable: string[] = []
  const whole = (name: string, least: number, most: number): number | undefined => {
    const text = surroundings[name]
    if (text === undefined || text === '') return undefined
    const number = Number(text)
    if (/^\d{1,10}$/.test(text) && number >= least && number <= most) return number
    unusable.push(name)
    return undefined
  }
  const seed = whole('BALLAST_DEMO_SEED', 0, 2 ** 32 - 1) ?? usualSeed
  const intensity = whole('BALLAST_DEMO_INTENSITY', 1, intensityMax)
  const standsAtSecond = whole('BALLAST_DEMO_STANDS_AT', historyStartSecond, 9_999_999_999)
  const wishes = {
    seed,
    ...(intensity === undefined ? {} : { intensity }),
    ...(standsAtSecond === undefined ? {} : { standsAt: standsAtSecond * 1_000 }),
  }
  return { wishes, unusable }
}

import type { Random } from '../../../src-main/base/index.ts'
import type { Swarm } from '../../../src-main/venues/paper/index.ts'

/** What befalls the machine, the account or the market at a drawn moment. */
export interface Incident {
  readonly name: string
  readonly at: number
  readonly shape: number
}

/** For each fault that the seed has enabled, moments over the run; drawn ahead, so that one less does not move the others. */
export function drawIncidents(random: Random, swarm: Swarm, from: number, to: number): readonly Incident[] {
  const incidents: Incident[] = []
  for (const name of swarm.enabledAt('incident')) {
    const drawn = random.split(`incident.${name}`)
    const isHeavy = heavy.has(name)
    const expected = isHeavy ? 1 : Math.max(1, Math.round((swarm.rateOf(name) * (to - from)) / 60_000))
    for (let count = 0; count < expected; count++) {
      const [moment, shape, chance] = [drawn.nextFloat53(), drawn.nextFloat53(), drawn.nextFloat53()]
      if (isHeavy && chance > (name === 'machine-sleep-8h' ? 0.05 : 0.25)) continue
      incidents.push({ name, at: from + Math.floor(moment * (to - from)), shape })
    }
  }
  return incidents.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
}

/** Long in virtual time, so rarer. */
const heavy: ReadonlySet<string> = new Set(['machine-sleep-8h', 'machine-sleep-20min', 'clock-forward-1h', 'clock-back-1h', 'config-change', 'process-paused', 'delisting', 'liquidation', 'insufficient-funds-race'])

import type { Random } from '../../../src-main/base/index.ts'
import { tailFaults } from '../../../src-main/rehearsal/index.ts'
import { crashMoments } from './run-options.ts'
import type { CrashPoint } from './run-options.ts'

/** Two to four, spread over the run, each at a moment and with a damage of its own. */
export function drawCrashes(random: Random, actions: number): readonly CrashPoint[] {
  const drawn = random.split('crashes')
  const count = 2 + drawn.nextInt(3)
  return Array.from({ length: count }, (_, index) => ({
    afterAction: Math.floor(((index + 0.1 + 0.6 * drawn.nextFloat53()) / count) * actions * 0.9),
    appends: 1 + drawn.nextInt(30),
    moment: crashMoments[drawn.nextInt(crashMoments.length)] ?? 'written',
    tail: tailFaults[drawn.nextInt(tailFaults.length)] ?? 'lost',
    tailAt: drawn.nextFloat53(),
    downMs: 200 + drawn.nextInt(15_000),
  }))
}

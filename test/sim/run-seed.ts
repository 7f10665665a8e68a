import { World } from './world/world.ts'
import type { RunResult } from './world/run-result.ts'
import type { RunOptions } from './world/run-options.ts'

/** A bug is a throw, and a throw is a verdict like any other: it names its seed and ends that run, not the others. */
export function runSeed(options: RunOptions): RunResult {
  const world = new World(options)
  try {
    return world.run()
  } catch (thrown) {
    return world.failed(thrown)
  }
}

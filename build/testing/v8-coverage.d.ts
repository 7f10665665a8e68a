/** The package has no types of its own. */
declare module '@bcoe/v8-coverage' {
  import type { Profiler } from 'node:inspector'

  /** Several runs of one script as one; `undefined` for none. */
  export function mergeScriptCovs(runs: readonly Profiler.ScriptCoverage[]): Profiler.ScriptCoverage | undefined
}

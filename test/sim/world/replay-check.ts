import { TradingEngine } from '../../../src-main/engine/index.ts'
import type { EngineSetup } from '../../../src-main/engine/index.ts'
import type { Court, SimEvent } from '../checkers/index.ts'
import { createEngineSight } from './engine-sight.ts'

/** I16: an engine that reads what was written, or what a snapshot kept, is the engine that wrote it. */
export function checkReplay(court: Court, setup: EngineSetup, live: TradingEngine, events: readonly SimEvent[]): void {
  const again = new TradingEngine(setup)
  for (const event of JSON.parse(JSON.stringify(events)) as readonly SimEvent[]) again.replay(event)
  compare(court, live, again, 'the replay')
}

export function checkSnapshot(court: Court, setup: EngineSetup, live: TradingEngine): void {
  const past = JSON.parse(JSON.stringify(live.snapshot())) as ReturnType<TradingEngine['snapshot']>
  compare(court, live, new TradingEngine(setup, past), 'a restored snapshot')
}

function compare(court: Court, live: TradingEngine, other: TradingEngine, name: string): void {
  // Mostly equal as they stand; what only stands in another order is equal as well.
  if (JSON.stringify(live.snapshot()) === JSON.stringify(other.snapshot())) return court.check('I16', true, () => '')
  const [here, there] = [createEngineSight(live).snapshotText(), createEngineSight(other).snapshotText()]
  court.check('I16', here === there, () => `${name} differs from the live state at ${firstDifference(here, there)}`)
}

const firstDifference = (a: string, b: string): string => {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return `${at}: ${a.slice(Math.max(0, at - 60), at + 60)} | ${b.slice(Math.max(0, at - 20), at + 60)}`
}

import type { EngineStatus } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { engineWallMs, takeClockReading, useEngineClock } from './engine-clock.ts'
import { takeEvent, takeEvents } from './engine-events.ts'
import { takeEngineStatus } from './engine-status.ts'
import { noticeSilence, takeConnectionState, takeHeard, takeRoundTrip, useConnection } from './connection.ts'

const pingEveryMs = 1_000
const pingLimitMs = 5_000

/** Lets the stores follow what the bridge hears. Returns what ends it. */
export function followEngine(bridge: ScreenBridge, onTick: (listener: (now: number) => void) => () => void): () => void {
  const hear = (status: EngineStatus): void => {
    takeEngineStatus(status, Date.now())
    const now = performance.now()
    takeHeard(now, engineWallMs(useEngineClock.getState(), now) ?? Date.now())
  }
  const endings = [
    bridge.onState((state) => {
      // What was heard on the line before says nothing about this one.
      if (state === 'open') useConnection.setState({ heardAt: undefined })
      takeConnectionState(state, bridge.access, performance.now())
    }),
    bridge.watch('engine.watch', {}, { snapshot: hear, delta: hear }),
    bridge.watch('clock.watch', {}, {
      snapshot: (reading) => takeClockReading(reading, performance.now()),
      delta: (reading) => takeClockReading(reading, performance.now()),
    }),
    bridge.watch('engine.events', {}, { snapshot: takeEvents, delta: takeEvent }),
    onTick(noticeSilence),
    startPings(bridge),
  ]
  return () => {
    for (const end of endings) end()
  }
}

/** One at a time: a line that is slow to answer must not be asked faster than it answers. */
function startPings(bridge: ScreenBridge): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false
  const ping = async (): Promise<void> => {
    if (bridge.state === 'open') {
      const sent = performance.now()
      const reply = await bridge.call('engine.ping', { sent }, { timeoutMs: pingLimitMs })
      if (reply.ok && reply.value.sent === sent) takeRoundTrip(performance.now() - sent)
    }
    if (!ended) timer = setTimeout(() => void ping(), pingEveryMs)
  }
  void ping()
  return () => {
    ended = true
    clearTimeout(timer)
  }
}

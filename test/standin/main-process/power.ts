import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'

type CopiedMonitor = Pick<
  Electron.PowerMonitor,
  'getSystemIdleTime' | 'getSystemIdleState' | 'getCurrentThermalState' | 'isOnBatteryPower' | 'onBatteryPower'
>

/** Electron's powerMonitor. Nothing happens to this machine: a test emits the events, here as on the real one. */
class PowerMonitor extends EventEmitter implements CopiedMonitor {
  onBatteryPower = false

  getSystemIdleTime(): number {
    return 0
  }

  getSystemIdleState(): 'active' {
    return 'active'
  }

  getCurrentThermalState(): 'nominal' {
    return 'nominal'
  }

  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }
}

export const powerMonitor = new PowerMonitor()

const blockers = new Map<number, 'prevent-app-suspension' | 'prevent-display-sleep'>()
let lastBlocker = 0

export const powerSaveBlocker = {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep') {
    blockers.set(++lastBlocker, type)
    return lastBlocker
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
} satisfies Electron.PowerSaveBlocker

/** What is being kept from happening, for tests that did not start it themselves. */
export function activePowerSaveBlockers(): readonly string[] {
  return [...blockers.values()]
}

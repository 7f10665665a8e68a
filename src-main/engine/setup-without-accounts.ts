import { boundlessLimits } from '../risk/index.ts'
import { usualTimings, type EngineSetup } from './engine-setup.ts'
import type { EngineSnapshot } from './snapshot.ts'

/** Of a profile that trades nowhere yet: modes, halt and journal are all there, and every order is refused for want of an account. */
export const setupWithoutAccounts: EngineSetup = {
  installation: '000000000000',
  tradables: [],
  assets: [],
  accounts: [],
  reportingAsset: 'USD',
  limits: boundlessLimits,
  selfTrade: 'cancel-new',
  timings: usualTimings,
  afterCleanStart: 'reducing',
}

/** Where there is no account, all that a start has to know of the past is which number comes next. */
export const snapshotWithoutAccounts = (lastSequence: number): EngineSnapshot => ({
  lastSequence,
  mode: { mode: 'starting', since: 0, reason: 'starting', actor: 'engine' },
  modeBefore: 'reducing',
  sendEpoch: 1,
  clockAheadMs: 0,
  runStartedAt: -1,
  idsMade: 0,
  orders: [],
  endedGroups: [],
  ended: [],
  conflicted: [],
  commands: [],
  accounts: [],
})

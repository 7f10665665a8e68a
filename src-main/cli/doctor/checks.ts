import { clockCheck } from './clock-check.ts'
import { databaseCheck } from './database-check.ts'
import { desktopChecks } from './desktop-checks.ts'
import { diskChecks } from './disk-checks.ts'
import { engineChecks } from './engine-checks.ts'
import { folderChecks } from './folder-checks.ts'
import { keychainCheck } from './keychain-check.ts'
import { lockCheck } from './lock-check.ts'
import { nodeChecks } from './node-checks.ts'
import type { Check } from './check.ts'

/** In the order in which a person reads them. */
export const checks: readonly Check[] = [
  ...nodeChecks, ...folderChecks, ...diskChecks, lockCheck, databaseCheck, keychainCheck, ...desktopChecks, ...engineChecks,
  clockCheck,
]

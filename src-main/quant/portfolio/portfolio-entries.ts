import type { QuantEntry } from '../catalogue-entry.ts'
import { formulaEntries } from './formula-entries.ts'
import { optimiserEntries } from './optimiser-entries.ts'

export const portfolioEntries: readonly QuantEntry[] = [...formulaEntries, ...optimiserEntries]

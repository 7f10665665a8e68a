/**
 * The face of rehearsals: what stands in for a disk, a line and a clock where the real program runs in virtual time, and the month that it
 * runs.
 */
export { Disk } from './disk.ts'
export { JournalModel, readLines, tailFaults } from './journal-model.ts'
export type { TailFault } from './journal-model.ts'
export { MarketLine } from './market-line.ts'
export { rehearseMonth } from './rehearse-month.ts'
export type { MonthResult } from './month-result.ts'
export { TraceHash } from './trace-hash.ts'

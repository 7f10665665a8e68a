export type { Clock } from './clock.ts'
export type { HaltLatch } from './halt-latch.ts'
export type { Appended, Journal, JournalBody, JournalDraft, JournalRecord, JournalTrouble, JournalValue } from './journal.ts'

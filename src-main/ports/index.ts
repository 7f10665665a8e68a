export type { Clock } from './clock.ts'
export type { HaltLatch } from './halt-latch.ts'

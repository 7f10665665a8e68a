import type { EngineMode } from '../../engine-entries.ts'

/** The modes of the engine: a name for a badge, and what it means for orders. */
export const engine = {
  'engine.mode.starting.name': 'Starting',
  'engine.mode.starting.meaning': 'The engine has started, but is not reconciled and armed yet: no new orders.',
  'engine.mode.active.name': 'Active',
  'engine.mode.active.meaning': 'Trading is allowed.',
  'engine.mode.reducing.name': 'Reducing',
  'engine.mode.reducing.meaning': 'Only orders that reduce risk are sent.',
  'engine.mode.halted.name': 'Halted',
  'engine.mode.halted.meaning': 'Nothing new is sent; cancels pass.',
  'engine.mode.killing.name': 'Killing',
  'engine.mode.killing.meaning': 'Everything is being taken back; it is over when two rounds of questions prove that nothing of ours is left.',
  'engine.mode.killed.name': 'Killed',
  'engine.mode.killed.meaning': 'Trading is stopped for good, until somebody who may do so releases it.',
} as const satisfies Readonly<Record<`engine.mode.${EngineMode}.${'name' | 'meaning'}`, string>>

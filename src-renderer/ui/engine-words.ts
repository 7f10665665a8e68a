import type { EngineStatus } from '../../src-preload/contract/index.ts'
import type { Text } from './use-text.ts'

type Actor = EngineStatus['actor']

/**
 * A reason as it was given. What a person wrote stands as he wrote it; what the engine wrote is English whatever the screen speaks,
 * and comes without a code to translate it by, so it is shown as the engine's own words.
 */
export const reasonText = (text: Text, actor: Actor, reason: string): string =>
  actor === 'engine' && reason !== '' ? text('screen.reason.of-engine', { reason }) : reason

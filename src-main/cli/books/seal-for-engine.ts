import { createSealReader, sealFor, type SealedFor, type SealedText, type SealReader } from '../../../src-preload/contract/index.ts'
import { nodeSealing } from '../../bridge/index.ts'
import { askEngine, type EngineAnswer } from '../ask-engine.ts'
import type { CommandContext } from '../command.ts'

/** Seals a secret for the running engine, whose key it says itself. */
export async function sealForEngine(context: CommandContext, field: SealedFor, plain: string): Promise<EngineAnswer<SealedText>> {
  const answer = await askEngine(context, 'books.status', {})
  if (!answer.ok) return answer
  return { ok: true, value: await sealFor(answer.value.sealTo, field, plain, nodeSealing.crypto, nodeSealing.text), address: answer.address }
}

/** Reads what the engine seals for this one command. */
export const openSealReader = (): Promise<SealReader> => createSealReader(nodeSealing.crypto, nodeSealing.text)

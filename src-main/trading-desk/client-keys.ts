import { createHash } from 'node:crypto'
import type { Refusal, TradingEvent } from '../domain/index.ts'
import type { TradingView } from '../runtime/index.ts'

/**
 * What was asked under which key of a caller. It must never let one key stand for two things, or be obeyed twice.
 * Invariants: 1 a key leads to one command of the engine, whose id holds the key and what was asked, so that a new start of the program knows both
 * from the books; 2 the same key for something else is refused; 3 what was refused here, before the engine, is remembered with its key as well.
 */
export type KeyState =
  | { readonly kind: 'new'; readonly commandId: string }
  | { readonly kind: 'known'; readonly commandId: string }
  | { readonly kind: 'refused-here'; readonly refusal: Refusal }
  | { readonly kind: 'reused' }

const mark = 'c'
const keysMax = 150_000

const fingerprintOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 24)
const commandIdOf = (clientKey: string, fingerprint: string): string => `${mark} ${clientKey} ${fingerprint}`

/** The key and the fingerprint in a command's id; none in those that others made. */
export function readCommandId(commandId: string): readonly [key: string, fingerprint: string] | undefined {
  const [first, key, fingerprint, ...rest] = commandId.split(' ')
  return first === mark && key !== undefined && fingerprint !== undefined && rest.length === 0 ? [key, fingerprint] : undefined
}

interface Refused {
  readonly fingerprint: string
  readonly refusal: Refusal
}

export class ClientKeys {
  readonly #fingerprints = new Map<string, string>()
  readonly #refusedHere = new Map<string, Refused>()
  #isRead = false

  /** `content` is what was asked, as the contract's schema let it through. */
  look(trading: TradingView, clientKey: string, content: unknown): KeyState {
    this.#readPast(trading)
    const fingerprint = fingerprintOf(content)
    const refused = this.#refusedHere.get(clientKey)
    if (refused !== undefined) return refused.fingerprint === fingerprint ? { kind: 'refused-here', refusal: refused.refusal } : { kind: 'reused' }
    const before = this.#fingerprints.get(clientKey)
    const known = before !== undefined && trading.answerTo(commandIdOf(clientKey, before)) !== undefined
    if (!known) return { kind: 'new', commandId: commandIdOf(clientKey, fingerprint) }
    return before === fingerprint ? { kind: 'known', commandId: commandIdOf(clientKey, before) } : { kind: 'reused' }
  }

  refuseHere(clientKey: string, content: unknown, refusal: Refusal): void {
    this.#refusedHere.set(clientKey, { fingerprint: fingerprintOf(content), refusal })
    dropOldest(this.#refusedHere)
  }

  hear(event: TradingEvent): void {
    if (event.kind === 'command-taken' || event.kind === 'command-refused') this.#keep(event.commandId)
  }

  #readPast(trading: TradingView): void {
    if (this.#isRead) return
    this.#isRead = true
    for (const { commandId } of trading.answers()) this.#keep(commandId)
  }

  #keep(commandId: string): void {
    const read = readCommandId(commandId)
    if (read === undefined) return
    this.#fingerprints.set(read[0], read[1])
    dropOldest(this.#fingerprints)
  }
}

function dropOldest(kept: Map<string, unknown>): void {
  if (kept.size <= keysMax) return
  const [oldest] = kept.keys()
  if (oldest !== undefined) kept.delete(oldest)
}

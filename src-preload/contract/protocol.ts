import { z } from 'zod'
import { accessLevels } from './entry.ts'
import { bridgeErrorSchema } from './errors.ts'

/** Raised when old and new could misread each other. */
export const protocolVersion = 1

const id = z.int().min(1)
const name = z.string().min(1).max(64)
const key = z.string().min(8).max(64)

/**
 * Not `z.json()`: that walks down every level, and a few kilobytes of brackets would exhaust the stack. What is inside is
 * checked by the entry's own schema.
 */
const payload = z.unknown()

/** What a client sends. One message a frame. */
export const clientMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id, name, input: payload, key: key.optional() }),
  /** What became of a command whose answer was lost; if it never came, it must not be done any more. */
  z.strictObject({ kind: z.literal('recall'), id, name, key }),
  z.strictObject({ kind: z.literal('open'), id, name, input: payload }),
  z.strictObject({ kind: z.literal('close'), id }),
  /** Everything up to this frame has been taken in: lets the server go on sending streams. */
  z.strictObject({ kind: z.literal('ack'), frame: z.int().min(1) }),
])
export type ClientMessage = z.output<typeof clientMessage>

export const serverMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('welcome'),
    protocol: z.int(),
    version: z.string(),
    /** Changes with every start of the engine: answers from before are not to be expected any more. */
    boot: z.string(),
    access: z.enum(accessLevels),
  }),
  z.strictObject({ kind: z.literal('done'), id, output: payload }),
  z.strictObject({ kind: z.literal('failed'), id, error: bridgeErrorSchema }),
  z.strictObject({ kind: z.literal('snapshot'), id, seq: z.int().min(0), value: payload }),
  z.strictObject({ kind: z.literal('delta'), id, seq: z.int().min(1), value: payload }),
  z.strictObject({ kind: z.literal('ended'), id, error: bridgeErrorSchema }),
])
export type ServerMessage = z.output<typeof serverMessage>

/** What a server sends: numbered, with as many messages as had gathered. */
export interface ServerFrame {
  readonly frame: number
  readonly messages: readonly ServerMessage[]
}

/** How many frames with stream messages may be on their way before the server waits for an `ack`. */
export const unacknowledgedFramesMax = 32

/** After a frame of streams has left, they gather for this long before the next one does; answers never wait. */
export const coalesceMs = 8

/** Parses JSON text without ever throwing. */
export function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return { ok: false }
  }
}

export function parseClientMessage(text: string): ClientMessage | undefined {
  const json = parseJson(text)
  return json.ok ? clientMessage.safeParse(json.value).data : undefined
}

/**
 * The frame's own shape is checked here; each message is checked by whoever takes it, against its entry, so that a burst
 * of stream messages is not walked twice.
 */
export function parseServerFrame(text: string): ServerFrame | undefined {
  const json = parseJson(text)
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return undefined
  const { frame, messages } = json.value as { frame?: unknown; messages?: unknown }
  if (!Number.isSafeInteger(frame) || !Array.isArray(messages)) return undefined
  return { frame: frame as number, messages: messages as ServerMessage[] }
}

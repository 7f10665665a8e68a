import { z } from 'zod'

/** What many entries of the contract share. Values are JSON only: amounts are decimal strings, times integer milliseconds UTC. */
export const nothing = z.strictObject({})
export const timeMs = z.int().min(0)
/** Shown in a terminal and in a title: nothing that could move a cursor or turn a line around. */
export const reason = z.string().regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u)
/** The engine's own words around a reason. */
export const toldReason = z.string().min(1).max(400)
/** What fills the placeholders of a sentence: never a secret. */
export const details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
/** For the eyes of one end only: a key that was made for this one text, and the text under it. */
export const sealedText = z.strictObject({
  key: z.string().regex(/^[\w-]{87}$/),
  nonce: z.string().regex(/^[\w-]{16}$/),
  text: z.string().regex(/^[\w-]{22,1400}$/),
})
export type SealedText = z.output<typeof sealedText>
/** One half of a key pair on the curve P-256, uncompressed. */
export const publicKey = z.string().regex(/^[\w-]{87}$/)

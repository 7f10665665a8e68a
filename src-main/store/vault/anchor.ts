import { z } from 'zod'
import { authenticate, isSame } from './sealing.ts'
import type { AnchorHead } from './vault-face.ts'

/**
 * How far the journal reached and which vault.json was the newest, as it is kept outside of both: authenticated, so that
 * nobody can put up another.
 */
export const anchorSchema = z.strictObject({
  format: z.literal(1),
  sequence: z.int().min(0),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  /** Absent in one from before it was kept. */
  revision: z.int().min(1).optional(),
  mac: z.base64().transform((text) => Buffer.from(text, 'base64')),
})

export interface Anchored {
  readonly head: AnchorHead
  /** Of vault.json. */
  readonly revision: number
}

export const anchorText = (key: Buffer, vaultId: string, { head, revision }: Anchored): string =>
  JSON.stringify({
    format: 1, sequence: head.sequence, head: head.mac, revision,
    mac: macOf(key, vaultId, head, revision).toString('base64'),
  })

const macOf = (key: Buffer, vaultId: string, { sequence, mac }: AnchorHead, revision: number | undefined): Buffer =>
  authenticate(key, 'anchor', vaultId, String(sequence), mac, ...(revision === undefined ? [] : [String(revision)]))

export function parseAnchor(key: Buffer, vaultId: string, text: string): Anchored | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = anchorSchema.safeParse(value)
  if (!parsed.success) return undefined
  const { sequence, head: chain, revision, mac } = parsed.data
  const head = { sequence, mac: chain }
  return isSame(macOf(key, vaultId, head, revision), mac) ? { head, revision: revision ?? 0 } : undefined
}

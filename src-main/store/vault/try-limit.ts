import { z } from 'zod'
import { readSideFile, removeSideFile, writeSideFile } from './side-files.ts'
import type { SecretRefusal } from './vault-trouble.ts'

/**
 * How often a secret may be tried at the lock screen. A try is counted before it is looked at, so that ending the process
 * does not make it free, and the count outlives the process. It slows down a person at the keyboard; whoever has the file
 * guesses against scrypt, without any screen.
 */
export const freeTries = 3
export const waitMsMax = 15 * 60_000

/** 1 s after the third wrong try, then twice as long each time. */
export const waitAfter = (wrongTries: number): number =>
  wrongTries < freeTries ? 0 : Math.min(1_000 * 2 ** (wrongTries - freeTries), waitMsMax)

const schema = z.strictObject({ wrong: z.int().min(0).max(1_000_000), lastAt: z.int().min(0) })

export interface TryLimit {
  /** Counts one try, or says how long to wait. */
  begin(): Promise<{ readonly ok: true; readonly waitMs: number } | { readonly ok: false; readonly refusal: SecretRefusal }>
  forget(): Promise<void>
}

export function createTryLimit(folder: string, now: () => number): TryLimit {
  return {
    begin: async () => {
      const read = await readSideFile(folder, 'vault.tries')
      if (!read.ok) return { ok: false, refusal: read.trouble }
      const { wrong, lastAt } = parse(read.text)
      const at = now()
      // A clock that was put back must neither free nor lock for longer than the wait itself.
      const elapsed = at >= lastAt ? at - lastAt : 0
      const left = Math.max(waitAfter(wrong) - elapsed, 0)
      if (left > 0 && at >= lastAt) return { ok: false, refusal: { kind: 'too-soon', waitMs: left } }
      const tries = { wrong: wrong + 1, lastAt: at }
      const written = await writeSideFile(folder, 'vault.tries', JSON.stringify(tries))
      if (!written.ok) return { ok: false, refusal: written.trouble }
      if (left > 0) return { ok: false, refusal: { kind: 'too-soon', waitMs: waitAfter(tries.wrong) } }
      return { ok: true, waitMs: waitAfter(tries.wrong) }
    },
    forget: () => removeSideFile(folder, 'vault.tries'),
  }
}

/** A file that cannot be read was meddled with, which makes nobody wait less. */
function parse(text: string | undefined): z.infer<typeof schema> {
  if (text === undefined) return { wrong: 0, lastAt: 0 }
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
  } catch {
    // Said below.
  }
  return { wrong: freeTries, lastAt: 0 }
}

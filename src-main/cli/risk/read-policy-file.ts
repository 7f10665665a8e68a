import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fail, ok, type Result } from '../../base/index.ts'
import { policyBytesMax, readPolicyBytes, type ReadPolicy } from '../../risk-policy/index.ts'
import type { CommandContext } from '../command.ts'

/** A policy in a file that the caller names, or the system's short code for why it cannot be read. */
export function readPolicyFile(file: string, { surroundings }: CommandContext): Result<ReadPolicy, string> {
  // npm runs us in its own folder and names theirs.
  const path = resolve(surroundings.env['INIT_CWD'] ?? surroundings.workingFolder, file)
  try {
    const found = statSync(path)
    // A pipe would be waited for without an end.
    if (!found.isFile()) return fail(found.isDirectory() ? 'EISDIR' : 'EINVAL')
    if (found.size > policyBytesMax) return ok(readPolicyBytes(fail('too-large')))
    return ok(readPolicyBytes(textOf(readFileSync(path))))
  } catch (error) {
    return fail(error instanceof Error && 'code' in error ? String(error.code) : String(error))
  }
}

function textOf(bytes: Uint8Array): Parameters<typeof readPolicyBytes>[0] {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return fail('not-text')
  }
}

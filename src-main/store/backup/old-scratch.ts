import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../vault/index.ts'

/** So old is no scratch folder that is still used. */
const scratchAgeMaxMs = 6 * 3_600_000

/** Left by a process that was killed. */
export async function removeOldScratch(folder: string, prefix: string, now: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && now - found.mtimeMs > scratchAgeMaxMs) await rm(path, { recursive: true, force: true })
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

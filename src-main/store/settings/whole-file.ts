import { open, realpath, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Each write is whole: another file, flushed, renamed over the first, the folder flushed. A link stays a link. */
export async function writeWhole(path: string, text: string, stillAsExpected: () => Promise<boolean> = always): Promise<boolean> {
  const target = await realpath(path).catch(() => path)
  const next = `${target}.next`
  try {
    const file = await open(next, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    if (!(await stillAsExpected())) {
      await rm(next, { force: true })
      return false
    }
    await rename(next, target)
  } catch (error) {
    await rm(next, { force: true }).catch(() => undefined)
    throw error
  }
  await flushFolder(dirname(target))
  return true
}

const always = (): Promise<boolean> => Promise.resolve(true)

async function flushFolder(folder: string): Promise<void> {
  // Windows has no way to flush a folder, and needs none.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { unwell, well, type Check, type EngineSign, type Finding } from './check.ts'

export type LockSign = { readonly kind: 'free' | 'held' } | { readonly kind: 'unusable'; readonly detail: string }

export function judgeLock(lock: LockSign, engine: EngineSign, folder: string): Finding {
  if (lock.kind === 'free') return well('cli.doctor.lock.free')
  if (lock.kind === 'unusable') {
    return unwell('fail', 'cli.doctor.lock.unusable', { folder, detail: lock.detail }, 'cli.doctor.data-folder.fix')
  }
  if (engine.kind === 'answers') return well('cli.doctor.lock.held', { processId: engine.processId })
  return unwell('fail', 'cli.doctor.lock.held-by-nobody', { folder }, 'cli.doctor.lock.fix')
}

export const lockCheck: Check = {
  name: 'lock',
  gravity: 'fail',
  async examine({ profile: { folder }, engine }) {
    const sign = await engine
    return judgeLock(sign.kind === 'answers' ? { kind: 'held' } : await tryLock(folder), sign, folder)
  },
}

async function tryLock(folder: string): Promise<LockSign> {
  // Taking the lock to see whether it is free would make the folder.
  if (!existsSync(join(folder, 'lock.db'))) return { kind: 'free' }
  const { lockFolder } = await import('../../store/index.ts')
  const lock = lockFolder(folder)
  if (!lock.ok) return lock.reason === 'folder-in-use' ? { kind: 'held' } : { kind: 'unusable', detail: lock.detail }
  lock.release()
  return { kind: 'free' }
}

import type { CipherProbe } from '../../store/index.ts'
import { unwell, well, type Check, type Finding } from './check.ts'

export function judgeDatabase(probe: CipherProbe): Finding {
  if (probe.ok) return well('cli.doctor.database.ok', { version: probe.sqliteVersion })
  return unwell('fail', `cli.doctor.database.${probe.trouble}`, { detail: probe.detail }, 'cli.doctor.database.fix')
}

export const databaseCheck: Check = {
  name: 'database',
  gravity: 'fail',
  async examine() {
    const { probeCipher } = await import('../../store/index.ts')
    return judgeDatabase(probeCipher())
  },
}

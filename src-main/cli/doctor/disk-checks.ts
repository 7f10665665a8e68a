import { statfs } from 'node:fs/promises'
import { unwell, well, type Check, type Finding } from './check.ts'
import { nearestExisting } from './folder-checks.ts'

const gigabyte = 1e9
const leastBytes = 100e6

export function judgeSpace(freeBytes: number): Finding {
  if (freeBytes >= gigabyte) return well('cli.doctor.disk-space.ok', { free: `${(freeBytes / gigabyte).toFixed(1)} GB` })
  const state = freeBytes < leastBytes ? 'fail' : 'warn'
  const free = `${Math.floor(freeBytes / 1e6)} MB`
  return unwell(state, 'cli.doctor.disk-space.little', { free }, 'cli.doctor.disk-space.fix')
}

/** File systems on which the lock of another computer may not be seen; numbers from Linux's magic.h. */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
])
const fuseType = 0x65735546

/** `type` means something on Linux only; a network path of Windows is told by its name. */
export function judgeDisk(platform: NodeJS.Platform, folder: string, type: number): Finding {
  const fix = 'cli.doctor.disk-local.fix'
  const kind = networkOf(platform, folder, type)
  if (kind !== undefined) return unwell('fail', 'cli.doctor.disk-local.network', { folder, kind }, fix)
  if (platform === 'linux' && type === fuseType) return unwell('warn', 'cli.doctor.disk-local.unknown', { folder }, fix)
  return well('cli.doctor.disk-local.ok')
}

function networkOf(platform: NodeJS.Platform, folder: string, type: number): string | undefined {
  if (platform === 'linux') return networkTypes.get(type)
  return platform === 'win32' && folder.startsWith('\\\\') ? 'SMB' : undefined
}

export const diskChecks: readonly Check[] = [
  {
    name: 'disk-space',
    gravity: 'warn',
    async examine({ profile }) {
      const { bavail, bsize } = await statfs(await nearestExisting(profile.folder))
      return judgeSpace(bavail * bsize)
    },
  },
  {
    name: 'disk-local',
    gravity: 'warn',
    async examine({ platform, profile: { folder } }) {
      // Unsigned: some of the numbers have their highest bit set.
      return judgeDisk(platform, folder, (await statfs(await nearestExisting(folder))).type >>> 0)
    },
  },
]

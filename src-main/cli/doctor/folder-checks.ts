import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { unwell, well, type Check, type Finding } from './check.ts'

export interface FolderFacts {
  readonly folder: string
  /** The folder itself, or the nearest one above it that is there. */
  readonly nearest: string
  readonly isFolder: boolean
  readonly isWritable: boolean
}

export function judgeFolder({ folder, nearest, isFolder, isWritable }: FolderFacts): Finding {
  const parameters = { folder, nearest }
  if (!isFolder) return unwell('fail', 'cli.doctor.data-folder.no-folder', parameters, 'cli.doctor.data-folder.fix')
  if (!isWritable) return unwell('fail', 'cli.doctor.data-folder.read-only', parameters, 'cli.doctor.data-folder.fix')
  return well(folder === nearest ? 'cli.doctor.data-folder.ok' : 'cli.doctor.data-folder.can-be-made', parameters)
}

/** `mode` is undefined where there is no folder yet. */
export function judgeMode(platform: NodeJS.Platform, folder: string, mode: number | undefined): Finding {
  if (platform === 'win32') return well('cli.doctor.folder-mode.windows')
  if (mode === undefined) return well('cli.doctor.folder-mode.not-yet')
  const parameters = { folder, mode: (mode & 0o777).toString(8).padStart(4, '0') }
  // Who may write into the folder may replace its files; who may read it sees names and sizes of encrypted ones.
  if ((mode & 0o022) !== 0) return unwell('fail', 'cli.doctor.folder-mode.writable', parameters, 'cli.doctor.folder-mode.fix')
  if ((mode & 0o055) !== 0) return unwell('warn', 'cli.doctor.folder-mode.readable', parameters, 'cli.doctor.folder-mode.fix')
  return well('cli.doctor.folder-mode.ok', parameters)
}

async function factsOf(folder: string): Promise<FolderFacts> {
  const nearest = await nearestExisting(folder)
  const isFolder = (await stat(nearest)).isDirectory()
  const isWritable = await access(nearest, constants.W_OK | constants.X_OK).then(() => true, () => false)
  return { folder, nearest, isFolder, isWritable }
}

export async function nearestExisting(folder: string): Promise<string> {
  for (let candidate = folder; ; candidate = dirname(candidate)) {
    const isThere = await stat(candidate).then(() => true, () => false)
    if (isThere || dirname(candidate) === candidate) return candidate
  }
}

export const folderChecks: readonly Check[] = [
  { name: 'data-folder', gravity: 'fail', examine: async ({ profile }) => judgeFolder(await factsOf(profile.folder)) },
  {
    name: 'folder-mode',
    gravity: 'fail',
    async examine({ platform, profile: { folder } }) {
      const mode = await stat(folder).then((facts) => facts.mode, () => undefined)
      return judgeMode(platform, folder, mode)
    },
  },
]

import { join } from 'node:path'
import { vi } from 'vitest'
import { makeFakeElectronDistributions } from '../../build/packaging/fake-electron-distribution.ts'
import type { ElectronPlatform } from '../../build/packaging/fake-electron-distribution.ts'
import { runElectronBuilder, type PackingOrder } from '../../build/packaging/run-electron-builder.ts'
import { buildOutput } from './build-output.ts'
import { readRecordedDeb, writeFpmRecorder, type RecordedDeb } from './fpm-recorder.ts'
import { packedApp, type PackedApp } from './packed-app.ts'

export interface PackedRelease {
  readonly app: (platform: ElectronPlatform) => PackedApp
  readonly deb: RecordedDeb
  /** Whether the repository's own build was packed, or files made in its likeness. */
  readonly isRealBuild: boolean
}

/** Packs for all three systems against a stand-in for Electron, for Linux as far as the deb. It needs no network. */
export async function packEverything(work: string): Promise<PackedRelease> {
  const output = buildOutput(join(work, 'out'))
  const release = join(work, 'release')
  await makeFakeElectronDistributions(join(work, 'electron'))

  const pack = async (platform: ElectronPlatform, how: Pick<PackingOrder, 'unpackedOnly' | 'target'>): Promise<PackedApp> => {
    const { exitCode, log } = await runElectronBuilder({
      ...how,
      platforms: [platform],
      architecture: 'x64',
      electronDistribution: join(work, 'electron/{platform}'),
      buildOutput: output.path,
      releaseFolder: release,
      quiet: true,
    })
    if (exitCode !== 0) throw new Error(`electron-builder failed for ${platform}:\n${log}`)
    return packedApp(release, platform)
  }

  vi.stubEnv('CUSTOM_FPM_PATH', writeFpmRecorder(work))
  const linux = await pack('linux', { unpackedOnly: false, target: 'deb' })
  vi.unstubAllEnvs()
  const apps = { linux, win32: await pack('win32', { unpackedOnly: true }), darwin: await pack('darwin', { unpackedOnly: true }) }
  return { app: (platform) => apps[platform], deb: readRecordedDeb(work), isRealBuild: output.isReal }
}

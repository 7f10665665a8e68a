/**
 * Packs Ballast. Without --dir it makes the installers, which needs the network: Electron and the installer tools come from
 * GitHub. With --dir it stops at the unpacked app, and where no real Electron is at hand it packs against a stand-in.
 *
 *   npm run dist -- [--dir] [--linux] [--win] [--mac] [--x64 | --arm64]
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronPlatforms, makeFakeElectronDistributions } from '../packaging/fake-electron-distribution.ts'
import type { ElectronPlatform } from '../packaging/fake-electron-distribution.ts'
import { hashOfSources, isBuilt } from './start/build-stamp.ts'
import { runBuild } from './start/run-build.ts'
import { obtainKeyringBindings } from '../packaging/obtain-keyring-bindings.ts'
import { failedToDownload, runElectronBuilder, type PackingOrder } from '../packaging/run-electron-builder.ts'

const root = join(import.meta.dirname, '../..')
const platformOf: Readonly<Record<string, ElectronPlatform>> = { '--linux': 'linux', '--win': 'win32', '--mac': 'darwin' }
const architectureOf: Readonly<Record<string, 'x64' | 'arm64'>> = { '--x64': 'x64', '--arm64': 'arm64' }

class Refused extends Error {
  readonly exitCode: number
  constructor(exitCode: number, sentence: string) {
    super(sentence)
    this.exitCode = exitCode
  }
}

function readFlags(flags: readonly string[]): PackingOrder {
  const known = ['--dir', ...Object.keys(platformOf), ...Object.keys(architectureOf)]
  const unknown = flags.find((flag) => !known.includes(flag))
  if (unknown !== undefined) throw new Refused(2, `Unknown flag ${unknown}. Known are ${known.join(', ')}.`)
  const asked = flags.flatMap((flag) => platformOf[flag] ?? [])
  const host = electronPlatforms.find((platform) => platform === process.platform)
  const platforms = asked.length > 0 ? asked : host === undefined ? [] : [host]
  if (platforms.length === 0) throw new Refused(2, 'Nothing is packed for this system itself. Say --linux, --win or --mac.')
  const architectures = flags.flatMap((flag) => architectureOf[flag] ?? [])
  if (architectures.length > 1) throw new Refused(2, 'Say --x64 or --arm64: without either, every architecture is made.')
  const unpackedOnly = flags.includes('--dir')
  // One folder per architecture is of no use to somebody who wants to look into the package.
  const ownArchitecture = process.arch === 'arm64' ? 'arm64' : 'x64'
  const architecture = architectures[0] ?? (unpackedOnly ? ownArchitecture : undefined)
  return { platforms, unpackedOnly, ...(architecture === undefined ? {} : { architecture }) }
}

/** The Electron that `npx install-electron` unpacked, if it is there, whole, and for the system asked for. */
function realElectron(platform: ElectronPlatform, architecture: string | undefined): string | undefined {
  const folder = join(root, 'node_modules/electron')
  if (platform !== process.platform || architecture !== process.arch) return undefined
  if (!existsSync(join(folder, 'dist/version'))) return undefined
  const unpacked = readFileSync(join(folder, 'dist/version'), 'utf8').trim().replace(/^v/, '')
  // A package.json without a version is a broken installation, which is no reason to take the binary on trust.
  const wanted = (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version?: string }).version
  return unpacked === wanted ? join(folder, 'dist') : undefined
}

async function electronFor(platform: ElectronPlatform, architecture: string | undefined): Promise<string> {
  const real = realElectron(platform, architecture)
  if (real !== undefined) return real
  const folder = join(root, '.cache/fake-electron')
  await makeFakeElectronDistributions(folder)
  console.log(`${platform}: packed against a stand-in distribution: this checks the packing, it cannot run`)
  return join(folder, '{platform}')
}

const noNetwork = 'Installers need the network: Electron or a packing tool could not be downloaded.'

async function pack(order: PackingOrder): Promise<void> {
  const { exitCode, log } = await runElectronBuilder(order)
  if (exitCode === 0) return
  throw failedToDownload(log)
    ? new Refused(3, `${noNetwork} \`npm run dist -- --dir\` packs without it.`)
    : new Refused(1, 'electron-builder failed; its own words are above.')
}

async function main(): Promise<void> {
  const order = readFlags(process.argv.slice(2))
  // A package of yesterday's sources would be worse than none.
  if (!isBuilt(root, hashOfSources(root)) && !runBuild(root)) throw new Refused(1, 'The build failed; its own words are above.')
  obtainKeyringBindings(root, order.platforms, order.architecture === undefined ? ['x64', 'arm64'] : [order.architecture])
  if (!order.unpackedOnly) return pack(order)
  for (const platform of order.platforms) {
    await pack({ ...order, platforms: [platform], electronDistribution: await electronFor(platform, order.architecture) })
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof Refused)) throw error
  console.error(error.message)
  process.exit(error.exitCode)
}

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ElectronPlatform } from './fake-electron-distribution.ts'

const root = join(import.meta.dirname, '../..')

export interface PackingOrder {
  readonly platforms: readonly ElectronPlatform[]
  /** Pack into a folder and stop there: no installers. */
  readonly unpackedOnly: boolean
  /** One kind of installer, such as deb, in place of all that the configuration names. */
  readonly target?: string
  /** Every architecture the configuration names, where none is given. */
  readonly architecture?: 'x64' | 'arm64'
  /** An unpacked Electron, `{platform}` in it standing for the platform; electron-builder downloads one otherwise. */
  readonly electronDistribution?: string
  readonly buildOutput?: string
  readonly releaseFolder?: string
  /** Say nothing while it runs; the log is in the outcome either way. */
  readonly quiet?: boolean
}

export interface PackingOutcome {
  readonly exitCode: number
  readonly log: string
}

const platformFlags: Readonly<Record<ElectronPlatform, string>> = { linux: '--linux', win32: '--win', darwin: '--mac' }

/** Runs electron-builder on build/electron-builder.mjs, as its command line would. */
export async function runElectronBuilder(order: PackingOrder): Promise<PackingOutcome> {
  const manifest = createRequire(import.meta.url).resolve('electron-builder/package.json')
  const environment = {
    ...process.env,
    ...(order.electronDistribution === undefined ? {} : { BALLAST_ELECTRON_DIST: order.electronDistribution }),
    ...(order.buildOutput === undefined ? {} : { BALLAST_BUILD_OUTPUT: order.buildOutput }),
    ...(order.releaseFolder === undefined ? {} : { BALLAST_RELEASE_DIR: order.releaseFolder }),
  }
  const child = spawn(
    process.execPath,
    [
      join(dirname(manifest), 'cli.js'),
      ...['--config', 'build/electron-builder.mjs', '--publish', 'never'],
      ...order.platforms.map((platform) => platformFlags[platform]),
      ...(order.target === undefined ? [] : [order.target]),
      ...(order.unpackedOnly ? ['--dir'] : []),
      ...(order.architecture === undefined ? [] : [`--${order.architecture}`]),
    ],
    {
      cwd: root,
      // A secret that a workflow does not have arrives as an empty text, which electron-builder would take for a certificate.
      env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let log = ''
  for (const [stream, screen] of [[child.stdout, process.stdout], [child.stderr, process.stderr]] as const) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
      if (order.quiet !== true) screen.write(text)
    })
  }
  const { promise, resolve, reject } = Promise.withResolvers<PackingOutcome>()
  child.once('error', reject)
  child.once('close', (code) => resolve({ exitCode: code ?? 1, log }))
  return promise
}

/** Whether the log of a failed run speaks of a download that could not be made. */
export function failedToDownload(log: string): boolean {
  const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|getaddrinfo/
  return unreachable.test(log) || /RequestError|HTTPError|fetch failed|[Cc]annot download/.test(log)
}

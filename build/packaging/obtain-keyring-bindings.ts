import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronPlatform } from './fake-electron-distribution.ts'

/**
 * The keychain's native file is a package of its own for each system and architecture, and npm installs the one of this
 * computer. A package for another would start without a keychain, so what is missing is fetched here, as the lockfile
 * names and hashes it.
 */
const suffixes: Readonly<Record<ElectronPlatform, (architecture: string) => string>> = {
  linux: (architecture) => `linux-${architecture}-gnu`,
  win32: (architecture) => `win32-${architecture}-msvc`,
  darwin: (architecture) => `darwin-${architecture}`,
}

interface LockedPackage {
  readonly version: string
  readonly integrity: string
}

export function obtainKeyringBindings(root: string, platforms: readonly ElectronPlatform[], architectures: readonly string[]): void {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, LockedPackage>> }
  for (const platform of platforms) {
    for (const architecture of architectures) {
      const name = `@napi-rs/keyring-${suffixes[platform](architecture)}`
      const folder = join(root, 'node_modules', name)
      if (existsSync(join(folder, 'package.json'))) continue
      const locked = lock.packages[`node_modules/${name}`]
      if (locked === undefined) throw new Error(`the lockfile has no ${name}`)
      fetchPackage(name, locked, folder)
    }
  }
}

function fetchPackage(name: string, { version, integrity }: LockedPackage, folder: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'ballast-binding-'))
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const packed = execFileSync(npm, ['pack', `${name}@${version}`, '--silent'], { cwd: scratch, encoding: 'utf8', shell: process.platform === 'win32' })
    const archive = join(scratch, packed.trim().split('\n').at(-1) ?? '')
    const hash = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
    if (hash !== integrity) throw new Error(`${name} is not what the lockfile names`)
    mkdirSync(folder, { recursive: true })
    // A part that is left behind by a stopped run would be taken for the whole.
    execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1'])
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * Makes an Electron distribution that cannot run but can be packed: the files that electron-builder renames, edits or
 * flips fuses in, and nothing else. With it the whole packing is tested without the network and without the binary.
 */
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createPackage } from '@electron/asar'

export const electronPlatforms = ['linux', 'win32', 'darwin'] as const
export type ElectronPlatform = (typeof electronPlatforms)[number]

/** Writes one distribution per platform into <folder>/linux, <folder>/win32 and <folder>/darwin. */
export async function makeFakeElectronDistributions(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await writeLinux(join(folder, 'linux'))
  await writeWindows(join(folder, 'win32'))
  await writeMac(join(folder, 'darwin'))
}

/**
 * The marker @electron/fuses searches for, the version of the wire, its length, and one character for each fuse as
 * Electron ships them: 1 is on, 0 is off.
 */
const fuseWire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101100101')])

/** The 64 bytes by which tools recognise a 64-bit program for Linux; there is no code behind them. */
function elfHeader(): Buffer {
  const header = Buffer.alloc(64)
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  header.writeUInt16LE(2, 16)
  header.writeUInt16LE(0x3e, 18)
  header.writeUInt32LE(1, 20)
  return header
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

async function writeSharedFiles(folder: string, resources: string): Promise<void> {
  await write(join(folder, 'LICENSE'), "Stands in for Electron's licence.\n")
  await write(join(folder, 'LICENSES.chromium.html'), "<p>Stands in for Chromium's licences.</p>\n")
  const app = join(folder, '.default-app')
  await write(join(app, 'package.json'), '{"name":"default-app","main":"main.js"}\n')
  await write(join(app, 'main.js'), '')
  await mkdir(resources, { recursive: true })
  await createPackage(app, join(resources, 'default_app.asar'))
  await rm(app, { recursive: true })
}

async function writeLinux(folder: string): Promise<void> {
  await write(join(folder, 'electron'), Buffer.concat([elfHeader(), fuseWire]))
  await write(join(folder, 'chrome-sandbox'), elfHeader())
  await write(join(folder, 'locales/en-US.pak'), '')
  await write(join(folder, 'locales/fr.pak'), '')
  await writeSharedFiles(folder, join(folder, 'resources'))
}

async function writeWindows(folder: string): Promise<void> {
  // Its version resource is what matters: the hash of the app goes into the same section.
  const winstaller = dirname(createRequire(import.meta.url).resolve('electron-winstaller/package.json'))
  const anyProgram = join(winstaller, 'vendor/7z-x64.exe')
  await write(join(folder, 'electron.exe'), Buffer.concat([await readFile(anyProgram), fuseWire]))
  await write(join(folder, 'locales/en-US.pak'), '')
  await write(join(folder, 'locales/fr.pak'), '')
  await writeSharedFiles(folder, join(folder, 'resources'))
}

const infoPlist = (name: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
  <dict>
    <key>CFBundleExecutable</key>
    <string>${name}</string>
    <key>CFBundleIdentifier</key>
    <string>com.github.Electron</string>
    <key>CFBundleName</key>
    <string>${name}</string>
    <key>CFBundlePackageType</key>
    <string>APPL</string>
  </dict>
</plist>
`

async function writeMac(folder: string): Promise<void> {
  const contents = join(folder, 'Electron.app/Contents')
  await write(join(contents, 'Info.plist'), infoPlist('Electron'))
  await write(join(contents, 'MacOS/Electron'), '')
  await write(join(contents, 'Resources/en.lproj/locale.pak'), '')
  for (const suffix of ['', ' (Renderer)', ' (Plugin)', ' (GPU)']) {
    const helper = join(contents, `Frameworks/Electron Helper${suffix}.app/Contents`)
    await write(join(helper, 'Info.plist'), infoPlist(`Electron Helper${suffix}`))
    await write(join(helper, `MacOS/Electron Helper${suffix}`), '')
  }
  const framework = join(contents, 'Frameworks/Electron Framework.framework')
  await write(join(framework, 'Versions/A/Electron Framework'), fuseWire)
  await write(join(framework, 'Versions/A/Resources/en.lproj/locale.pak'), '')
  await write(join(framework, 'Versions/A/Resources/fr.lproj/locale.pak'), '')
  await symlink('A', join(framework, 'Versions/Current'))
  await symlink('Versions/Current/Electron Framework', join(framework, 'Electron Framework'))
  await symlink('Versions/Current/Resources', join(framework, 'Resources'))
  await writeSharedFiles(folder, join(contents, 'Resources'))
}

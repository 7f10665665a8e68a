import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electronPlatforms } from '../../build/packaging/fake-electron-distribution.ts'
import type { ElectronPlatform } from '../../build/packaging/fake-electron-distribution.ts'
import { shippedPackages } from '../../build/packaging/shipped-packages.ts'
import { packEverything, type PackedRelease } from './pack-everything.ts'
import { bytesIn, filesIn, plistValue, type PackedApp } from './packed-app.ts'

const root = join(import.meta.dirname, '../..')
const packages = shippedPackages(root)
// Our own package.json.
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly dependencies: object }
const productionPackages: readonly string[] = Object.keys(dependencies)

let work: string
let release: PackedRelease
const app = (platform: ElectronPlatform): PackedApp => release.app(platform)

// Linux only: the deb's scripts are read by a shell, and the stand-in for fpm is a script.
describe.runIf(process.platform === 'linux')('the package', () => {
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'ballast-packaging-'))
    release = await packEverything(work)
    for (const platform of electronPlatforms) {
      console.log(`${platform}: ${(bytesIn(app(platform).folder) / 1024 ** 2).toFixed(1)} MiB without Electron`)
    }
    console.log(release.isRealBuild ? 'packed the real build' : 'packed files made for this test: there is no build')
  }, 120_000)

  afterAll(() => rmSync(work, { recursive: true, force: true }))

  describe.each(electronPlatforms)('for %s', (platform) => {
    it('holds every entry file of the build', () => {
      const programs = ['index', 'engine-child', 'venue-child', 'host-child', 'ballast'].map((name) => `out/main/${name}.js`)
      const entries = ['package.json', ...programs, 'out/preload/index.cjs', 'out/renderer/index.html']
      expect(app(platform).files).toEqual(expect.arrayContaining(entries))
    })

    it('holds nothing but the build, the icons the program shows, and the code and licences of packages', () => {
      const allowed = [
        /^package\.json$/,
        /^out\/main\/(chunks\/)?[\w.-]+\.js$/,
        /^out\/preload\/index\.cjs$/,
        /^out\/renderer\/[\w./-]+\.(html|js|css|json|txt|svg|png|woff2|wasm)$/,
        /^resources\/icons\/tray\/[\w@-]+\.png$/,
        /^resources\/icons\/linux\/256\.png$/,
        /^resources\/update-public-key\.pem$/,
        /^node_modules\/(@[\w.-]+\/)?[\w.-]+\/([\w./@-]+\/)?[\w.@-]+\.(js|cjs|mjs|json|wasm|node)$/,
        /^node_modules\/(@[\w.-]+\/)?[\w.-]+\/(LICEN[CS]E|NOTICE)(\.\w+)?$/,
      ]
      expect(app(platform).files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([])
    })

    it('holds no source maps, sources, types, tests or documentation', () => {
      const unwanted = [
        /\.(map|[cm]?tsx?|md|markdown|flow|c|cc|cpp|h|gyp)$/,
        /^node_modules\/(@[^/]+\/)?[^/]+\/(tests?|docs?|examples?)\//,
        /^(src-\w+|test|build|docs)\//,
      ]
      const files = app(platform).files.filter((file) => !/\/LICEN[CS]E\.md$/.test(file))
      expect(files.filter((file) => unwanted.some((pattern) => pattern.test(file)))).toEqual([])
    })

    it('holds the packages that ship and no other, least of all Node itself', () => {
      const packageOf = (file: string): string | undefined => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]
      const present = new Set(app(platform).files.flatMap((file) => packageOf(file) ?? []))
      expect([...present]).toEqual(expect.arrayContaining([...productionPackages]))
      const known = new Set(packages.map(({ folder }) => folder.split('/node_modules/').at(-1)))
      expect([...present].filter((name) => !known.has(name))).toEqual([])
      expect([...present].filter((name) => name.startsWith('node-'))).toEqual([])
    })

    it('unpacks the native files and nothing else, so that all JavaScript stays under the integrity check', () => {
      const native = app(platform).files.filter((file) => file.endsWith('.node'))
      expect(native.length).toBeGreaterThan(0)
      expect(app(platform).unpackedFiles).toEqual(native.toSorted())
    })

    it('has the SQLite build of its own system alone, and the module that loads it', () => {
      const forOneSystem = /^node_modules\/better-sqlite3\/((?:prebuilds|lib)\/\w+-(?:x64|arm64)\..+)/
      const found = app(platform).files.flatMap((file) => forOneSystem.exec(file)?.[1] ?? [])
      expect(found.toSorted()).toEqual([`lib/${platform}-x64.js`, `prebuilds/${platform}-x64.node`])
    })

    it('has native files in the format of its system', () => {
      const magic = { linux: '7f454c46', win32: '4d5a', darwin: 'cffaedfe' }[platform]
      for (const file of app(platform).unpackedFiles) {
        const start = readFileSync(join(app(platform).resources, 'app.asar.unpacked', file)).subarray(0, 4).toString('hex')
        expect(start.startsWith(magic), `${file} starts with ${start}`).toBe(true)
      }
    })

    it('has every fuse as the security review wants it', async () => {
      const wire = await getCurrentFuseWire(app(platform).program)
      const [off, on] = [FuseState.DISABLE, FuseState.ENABLE]
      expect({
        runAsNode: wire[FuseV1Options.RunAsNode],
        cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
        nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
        nodeCliInspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
        asarIntegrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
        onlyLoadAppFromAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
        browserSnapshot: wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot],
        fileProtocolPrivileges: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
        wasmTrapHandlers: wire[FuseV1Options.WasmTrapHandlers],
      }).toEqual({
        runAsNode: off,
        cookieEncryption: on,
        nodeOptions: off,
        nodeCliInspect: off,
        asarIntegrity: on,
        onlyLoadAppFromAsar: on,
        browserSnapshot: off,
        fileProtocolPrivileges: off,
        // As Electron ships it.
        wasmTrapHandlers: on,
      })
    })

    it("has no placeholder app of Electron's beside its own", () => {
      expect(filesIn(app(platform).resources).filter((file) => file.endsWith('.asar'))).toEqual(['app.asar'])
    })

    it('starts at the built main and names no scripts and no tools', () => {
      const manifest: unknown = JSON.parse(app(platform).read('package.json').toString('utf8'))
      const kept = { name: 'ballast', main: 'out/main/index.js', type: 'module', desktopName: 'ballast.desktop' }
      expect(manifest).toMatchObject(kept)
      expect(manifest).not.toHaveProperty('scripts')
      expect(manifest).not.toHaveProperty('devDependencies')
    })

    it('has tray icons for both looks and both states, in both resolutions', () => {
      const drawn = ['tray', 'tray-halted', 'trayTemplate', 'trayHaltedTemplate']
      const names = drawn.flatMap((name) => [`${name}.png`, `${name}@2x.png`])
      const found = app(platform).files.filter((file) => file.includes('/tray/'))
      expect(found.toSorted()).toEqual(names.map((name) => `resources/icons/tray/${name}`).toSorted())
    })
  })

  it('for Linux holds all that its packages need to load', () => {
    const extracted = join(work, 'extracted')
    extractAll(join(app('linux').resources, 'app.asar'), extracted)
    // Packed for x64: elsewhere its native files cannot be loaded.
    const names = productionPackages.filter((name) => process.arch === 'x64' || name !== 'better-sqlite3')
    const program = `
      const loaded = await Promise.all(${JSON.stringify(names)}.map((name) => import(name)))
      const sqlite = loaded[${names.indexOf('better-sqlite3')}]
      if (sqlite !== undefined) new sqlite.default(':memory:').prepare('select 1').get()
    `
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: extracted, encoding: 'utf8' })
    expect(run).toMatchObject({ status: 0, stderr: '' })
  })

  it('for Windows carries the hash of its archive in the program, and the icon', () => {
    const program = readFileSync(app('win32').program)
    const integrity = /\[\{"file":"resources\\\\app\.asar","alg":"SHA256","value":"([0-9a-f]{64})"\}\]/
    const [, recorded] = integrity.exec(program.toString('latin1')) ?? []
    expect(recorded).toBe(app('win32').asarHeaderHash)
    expect(program.includes(Buffer.from('ELECTRONASAR', 'utf16le'))).toBe(true)
    expect(program.includes(readFileSync(join(root, 'resources/icons/linux/256.png')))).toBe(true)
  })

  it('for Windows and Linux keeps one language and the licences of Electron and Chromium', () => {
    for (const platform of ['win32', 'linux'] as const) {
      const licences = ['LICENSE.electron.txt', 'LICENSES.chromium.html']
      expect(filesIn(app(platform).folder)).toEqual(expect.arrayContaining(licences))
      expect(filesIn(join(app(platform).folder, 'locales'))).toEqual(['en-US.pak'])
    }
  })

  describe('for macOS', () => {
    const contents = (): string => join(app('darwin').program, 'Contents')

    it('carries the hash of its archive in Info.plist', () => {
      const plist = readFileSync(join(contents(), 'Info.plist'), 'utf8')
      const integrity = /<key>ElectronAsarIntegrity<\/key>\s*<dict>\s*<key>Resources\/app\.asar<\/key>\s*<dict>([^]*?)<\/dict>/
      const [, entry] = integrity.exec(plist) ?? []
      expect(entry).toContain('<string>SHA256</string>')
      const [recorded] = /[0-9a-f]{64}/.exec(entry ?? '') ?? []
      expect(recorded).toBe(app('darwin').asarHeaderHash)
    })

    it('names itself, its system and its helpers', () => {
      const value = (key: string): string | undefined => plistValue(join(contents(), 'Info.plist'), key)
      expect(value('CFBundleIdentifier')).toBe('org.ballast.workstation')
      expect(value('CFBundleName')).toBe('Ballast')
      expect(value('CFBundleExecutable')).toBe('Ballast')
      expect(value('LSMinimumSystemVersion')).toBe('13.0')
      expect(value('LSApplicationCategoryType')).toBe('public.app-category.finance')
      const helpers = [['', ''], [' (Renderer)', '.Renderer'], [' (Plugin)', '.Plugin'], [' (GPU)', '.GPU']] as const
      for (const [helper, id] of helpers) {
        const plist = join(contents(), `Frameworks/Ballast Helper${helper}.app/Contents/Info.plist`)
        expect(plistValue(plist, 'CFBundleIdentifier')).toBe(`org.ballast.workstation.helper${id}`)
      }
    })

    it('asks for no exception from transport security', () => {
      expect(plistValue(join(contents(), 'Info.plist'), 'NSAllowsArbitraryLoads')).toBe('false')
    })

    it('has the icon', () => {
      const icon = readFileSync(join(contents(), 'Resources/icon.icns'))
      expect(icon.equals(readFileSync(join(root, 'resources/icons/ballast.icns')))).toBe(true)
    })

    it('asks the hardened runtime for JIT and for nothing else', () => {
      for (const name of ['build/entitlements.mac.plist', 'build/entitlements.mac.inherit.plist']) {
        const keys = [...readFileSync(join(root, name), 'utf8').matchAll(/<key>([^<]+)<\/key>/g)].map(([, key]) => key)
        expect(keys, name).toEqual(['com.apple.security.cs.allow-jit'])
        expect(plistValue(join(root, name), 'com.apple.security.cs.allow-jit')).toBe('true')
      }
    })
  })

  describe('as a deb', () => {
    const file = (place: string): Buffer => Buffer.from(release.deb.files[place] ?? '', 'base64')

    it('puts the program into /opt/Ballast and names who keeps it', () => {
      expect(release.deb.arguments).toContain(`${app('linux').folder}/=/opt/Ballast`)
      const after = (flag: string): string | undefined => release.deb.arguments[release.deb.arguments.indexOf(flag) + 1]
      expect(after('--architecture')).toBe('amd64')
      expect(after('--maintainer')).toMatch(/^Ballast <.+@.+>$/)
      expect(after('--name')).toBe('ballast')
    })

    it('carries an AppArmor profile that gives this program user namespaces and takes nothing away', () => {
      const profile = readFileSync(join(app('linux').resources, 'apparmor-profile'), 'utf8')
      expect(profile).toContain('profile ballast "/opt/Ballast/ballast" flags=(unconfined) {\n  userns,\n')
      expect(profile).not.toContain('${')
    })

    it('carries an icon of every size and an entry for the menu that names the window', () => {
      for (const pixels of [16, 24, 32, 48, 64, 128, 256, 512]) {
        const icon = file(`/usr/share/icons/hicolor/${pixels}x${pixels}/apps/ballast.png`)
        expect(icon.equals(readFileSync(join(root, `resources/icons/linux/${pixels}.png`))), `${pixels} px`).toBe(true)
      }
      const entry = file('/usr/share/applications/ballast.desktop').toString('utf8').split('\n')
      const command = ['Name=Ballast', 'Exec=/opt/Ballast/ballast %U']
      const looks = ['Icon=ballast', 'StartupWMClass=ballast', 'Categories=Office;Finance;']
      expect(entry).toEqual(expect.arrayContaining([...command, ...looks]))
    })

    it('leaves the sandbox helper as it was packed, for the scripts to decide', () => {
      expect(statSync(join(app('linux').folder, 'chrome-sandbox')).mode & 0o4000).toBe(0)
    })

    it('has scripts that a POSIX shell can read', () => {
      for (const script of [release.deb.afterInstall, release.deb.afterRemove]) {
        expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
        expect(script).not.toContain('${')
      }
    })
  })
})

/**
 * How Ballast is packed: `electron-builder -c build/electron-builder.mjs`, most easily through `npm run dist`.
 *
 * Nothing here is secret and nothing signs unless the environment says so:
 *   CSC_LINK or CSC_NAME, CSC_KEY_PASSWORD     Developer ID on macOS, a certificate file on Windows (WIN_CSC_* for Windows alone)
 *   APPLE_API_KEY, _KEY_ID, _ISSUER            notarization
 *   AZURE_TENANT_ID and BALLAST_AZURE_*        Azure Trusted Signing on Windows, in place of a certificate file
 *   BALLAST_REQUIRE_SIGNING=1                  fail rather than leave anything unsigned
 * and for packing without the network or a build:
 *   BALLAST_ELECTRON_DIST                      an unpacked Electron; {platform} in it becomes linux, win32 or darwin
 *   BALLAST_BUILD_OUTPUT, BALLAST_RELEASE_DIR  other folders than out and release
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const environment = process.env
const given = (name) => (environment[name] ?? '') !== ''

const signsOnMac = given('CSC_LINK') || given('CSC_NAME')
const notarizes = signsOnMac && given('APPLE_API_KEY') && given('APPLE_API_KEY_ID') && given('APPLE_API_ISSUER')

// The repository's own address where it is known; a package must name some page, and .invalid promises nobody's.
const homepage = given('GITHUB_REPOSITORY')
  ? `${environment.GITHUB_SERVER_URL}/${environment.GITHUB_REPOSITORY}`
  : 'https://ballast.invalid'

const everyArchitecture = (target) => ({ target, arch: ['x64', 'arm64'] })

/** In both forms of a package's folder, plain and scoped. Only at its top: some packages run code from a folder called doc. */
const inEveryPackage = (pattern) => [`!**/node_modules/*/${pattern}`, `!**/node_modules/@*/*/${pattern}`]

const keyringSuffix = { linux: 'linux-${arch}-gnu', win32: 'win32-${arch}-msvc', darwin: 'darwin-${arch}' }

/**
 * What is packed beside the build, for one system as Node names it. The list belongs to each system and not to `files` at the
 * top: of a list that only excludes, electron-builder makes one that includes the whole repository.
 */
const filesFor = (system) => [
  'package.json',
  'resources/icons/tray/*.png',
  'resources/icons/linux/256.png',
  'resources/update-public-key.pem',
  // What follows narrows the production dependencies, which come in by themselves.
  // Node for the npm scripts: 120 MB that Electron brings already.
  '!**/node_modules/node-{linux,win,darwin}-*/**',
  // The SQLite package carries its C sources, and builds for eight systems, each as a module and a native file.
  '!**/node_modules/better-sqlite3/{deps,src}/**',
  `!**/node_modules/better-sqlite3/prebuilds/!(${system}-\${arch}).node`,
  `!**/node_modules/better-sqlite3/lib/{darwin,linux,linuxmusl,win32}-!(\${arch}).js`,
  `!**/node_modules/better-sqlite3/lib/!(${system})-\${arch}.js`,
  // The keychain's native file is a package of its own for each system.
  `!**/node_modules/@napi-rs/keyring-!(${keyringSuffix[system]})/**`,
  // C++ headers, needed only to compile.
  '!**/node_modules/node-addon-api/**',
  '!**/node_modules/**/*.{ts,mts,cts,tsx,map,flow,tsbuildinfo,c,cc,cpp,h,hpp,gyp,gypi}',
  '!**/node_modules/**/!(LICENSE|LICENCE|license|licence|NOTICE|COPYING).{md,markdown}',
  ...inEveryPackage('{test,tests,__tests__,spec,docs,doc,example,examples,bench,benchmark,benchmarks,coverage,man,.github}/**'),
  ...inEveryPackage('{.nojekyll,.prettierignore,.eslintignore,.taprc,CNAME,favicon.ico,*.sh,*.html}'),
  ...inEveryPackage('{.eslintrc*,.prettierrc*,.editorconfig,.npmrc,tsconfig*.json,Makefile,karma.conf.js}'),
]

/** Electron's own placeholder app: in an unpacked distribution it would stay beside ours. */
async function removeDefaultApp({ appOutDir, electronPlatformName }) {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources'
  await rm(join(appOutDir, resources, 'default_app.asar'), { force: true })
}

/** electron-builder lets every macOS app load insecure addresses, for the sake of an updater that Ballast does not have. */
async function requireTransportSecurity({ appOutDir, electronPlatformName, packager }) {
  if (electronPlatformName !== 'darwin') return
  const path = join(appOutDir, `${packager.appInfo.productFilename}.app/Contents/Info.plist`)
  const before = await readFile(path, 'utf8')
  const after = before.replace(/(<key>NSAllowsArbitraryLoads<\/key>\s*)<true\/>/, '$1<false/>')
  if (after === before) throw new Error('Info.plist no longer has NSAllowsArbitraryLoads: this step can go')
  await writeFile(path, after)
}

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'org.ballast.workstation',
  productName: 'Ballast',
  copyright: 'MIT License',
  directories: { output: environment.BALLAST_RELEASE_DIR ?? 'release', buildResources: 'build' },
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  // desktopName is what ties a running window to its .desktop file on Linux.
  extraMetadata: { homepage, desktopName: 'ballast.desktop' },
  ...(given('BALLAST_ELECTRON_DIST')
    ? { electronDist: ({ platformName }) => environment.BALLAST_ELECTRON_DIST.replaceAll('{platform}', platformName) }
    : {}),
  electronLanguages: ['en-US'],

  files: [{ from: environment.BALLAST_BUILD_OUTPUT ?? 'out', to: 'out', filter: ['**/*', '!**/*.map'] }],
  // Left to itself, smartUnpack also moves a native package's JavaScript out of the archive, and so out of what the integrity
  // check covers.
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  // Every native module is an N-API prebuild: one binary for Node and Electron, nothing to rebuild per ABI.
  npmRebuild: false,
  publish: null,
  forceCodeSigning: environment.BALLAST_REQUIRE_SIGNING === '1',

  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    // Playwright starts Electron with --inspect, which this refuses: the end-to-end tests therefore run the same bundle on
    // the unfused development binary, and the fused package proves itself by its own --smoke run.
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    // Flipping fuses breaks the ad-hoc signature without which Apple silicon runs nothing; codesign exists only there.
    resetAdHocDarwinSignature: process.platform === 'darwin',
  },
  afterExtract: removeDefaultApp,
  afterPack: requireTransportSecurity,

  linux: {
    target: [everyArchitecture('AppImage'), everyArchitecture('deb')],
    executableName: 'ballast',
    syncDesktopName: true,
    icon: 'resources/icons/linux',
    category: 'Office;Finance',
    synopsis: 'Trading workstation',
    maintainer: 'Ballast <maintainers@ballast.invalid>',
    files: filesFor('linux'),
  },
  deb: {
    // An AppImage has no fixed path to write an AppArmor profile for, so on Ubuntu 24.04 and later the deb is the one to use.
    appArmorProfile: 'resources/linux/apparmor-profile',
    afterInstall: 'resources/linux/after-install.sh',
    afterRemove: 'resources/linux/after-remove.sh',
    recommends: ['libayatana-appindicator3-1'],
  },

  win: {
    target: [everyArchitecture('nsis')],
    icon: 'resources/icons/ballast.ico',
    files: filesFor('win32'),
    ...(given('AZURE_TENANT_ID')
      ? {
          azureSignOptions: {
            publisherName: environment.BALLAST_AZURE_PUBLISHER,
            endpoint: environment.BALLAST_AZURE_ENDPOINT,
            codeSigningAccountName: environment.BALLAST_AZURE_ACCOUNT,
            certificateProfileName: environment.BALLAST_AZURE_PROFILE,
          },
        }
      : {}),
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowElevation: false,
    allowToChangeInstallationDirectory: true,
    // The journal and the keys are the user's, not the installer's to delete.
    deleteAppDataOnUninstall: false,
    buildUniversalInstaller: false,
    differentialPackage: false,
  },

  mac: {
    target: [everyArchitecture('dmg'), everyArchitecture('zip')],
    icon: 'resources/icons/ballast.icns',
    category: 'public.app-category.finance',
    // What Electron 45 itself asks for.
    minimumSystemVersion: '13.0',
    // Without an identity: ad hoc, and without the hardened runtime, whose library validation an ad-hoc signature cannot pass.
    ...(signsOnMac ? {} : { identity: '-' }),
    hardenedRuntime: signsOnMac,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.inherit.plist',
    notarize: notarizes,
    files: filesFor('darwin'),
  },
  dmg: { writeUpdateInfo: false },
}

/**
 * Gathers the licences of everything that ships beside our own code into one text, which the screen's About page shows.
 * Runs after the build: `node build/packaging/third-party-notices.ts` writes out/renderer/third-party-notices.txt.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedPackages, type ShippedPackage } from './shipped-packages.ts'

const introduction = `Ballast contains work of others, under the licences below.
Electron and Chromium bring their own: LICENSE.electron.txt and LICENSES.chromium.html, beside the program.`

const rule = '-'.repeat(80)

const beside = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8').trim()

/**
 * Packages that name a licence but leave its text out. Looked at one by one: the holder is the author in package.json, the
 * licence the one stated there.
 */
const withoutText: Readonly<Record<string, { readonly licence: 'MIT'; readonly holder: string }>> = {
  'fancy-canvas': { licence: 'MIT', holder: 'smakarov@tradingview.com' },
  'react-remove-scroll-bar': { licence: 'MIT', holder: 'Anton Korzunov' },
}

/** Thrown where a package gives no licence text: it must not ship until somebody has looked. */
export class MissingLicence extends Error {}

export function licenceTextOf(shipped: ShippedPackage): string {
  const isLicence = (name: string): boolean => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(name)
  const files = readdirSync(shipped.folder).filter(isLicence).sort()
  const known = withoutText[shipped.name]
  if (files.length === 0) {
    if (known?.licence === shipped.licence) return `Copyright (c) ${known.holder}\n\n${beside('mit-licence.txt')}`
    throw new MissingLicence(`${shipped.name} ${shipped.version} (${shipped.licence}) has no licence file`)
  }
  return files.map((name) => readFileSync(join(shipped.folder, name), 'utf8').trim()).join('\n\n')
}

function sectionsOfPackages(packages: readonly ShippedPackage[]): readonly string[] {
  // Packages of one family repeat one text; it is given once, under all their names.
  const byText = new Map<string, string[]>()
  for (const shipped of packages) {
    const text = licenceTextOf(shipped)
    byText.set(text, [...(byText.get(text) ?? []), `${shipped.name} ${shipped.version} (${shipped.licence})`])
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`)
}

function sectionsOfFonts(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder)
  const licences = names.filter((name) => /^LICENSE-.+\.txt$/.test(name)).sort()
  if (licences.length === 0 && names.some((name) => name.endsWith('.woff2'))) {
    throw new MissingLicence(`The fonts in ${folder} have no licence file`)
  }
  return licences.map((name) => {
    const family = name.slice('LICENSE-'.length, -'.txt'.length)
    return `The font ${family}\n\n${readFileSync(join(folder, name), 'utf8').trim()}`
  })
}

export function thirdPartyNotices(root: string): string {
  const marked = 'The MIT licence, for each part marked so above:'
  const native = [beside('native-notices.txt'), marked, beside('mit-licence.txt')].join('\n\n')
  const sections = [
    ...sectionsOfPackages(shippedPackages(root)),
    ...sectionsOfFonts(join(root, 'src-renderer/theme/fonts')),
    `Inside the native part of better-sqlite3-multiple-ciphers\n\n${native}`,
  ]
  return [introduction, ...sections].join(`\n\n${rule}\n\n`) + '\n'
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..')
  const target = join(root, 'out/renderer')
  if (!existsSync(target)) {
    console.error('Nothing is built yet: out/renderer is missing. Run npm run build first.')
    process.exit(3)
  }
  writeFileSync(join(target, 'third-party-notices.txt'), thirdPartyNotices(root))
}

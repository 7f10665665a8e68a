import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A copy of everything that the simulation runs, changed by a patch; the sources themselves are never touched. */
export interface PatchedCopy {
  readonly folder: string
  dispose(): void
}

export type Patched = { readonly ok: true; readonly copy: PatchedCopy } | { readonly ok: false; readonly trouble: string }

export const root = resolve(import.meta.dirname, '../../..')
const parts = [
  'src-main/base', 'src-main/domain', 'src-main/ports', 'src-main/engine', 'src-main/risk', 'src-main/reconcile', 'src-main/quant', 'src-main/venues', 'src-main/runtime', 'src-main/robots',
  'src-main/trading-setup', 'src-main/rehearsal', 'test/sim', 'package.json',
]
const sizeMax = 1_000_000
/** Lines around may have moved; counts may be wrong; there may be no lines around at all. Nothing is put at a place that does not fit. */
const attempts: readonly (readonly string[])[] = [[], ['--recount'], ['--unidiff-zero'], ['--recount', '--unidiff-zero']]

export function patchedCopy(file: string): Patched {
  const read = readPatch(file)
  if (!read.ok) return read
  const folder = mkdtempSync(join(tmpdir(), 'ballast-mutant-'))
  const dispose = (): void => rmSync(folder, { recursive: true, force: true })
  for (const part of parts) if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const trouble = apply(folder, read)
  if (trouble === undefined) return { ok: true, copy: { folder, dispose } }
  dispose()
  return { ok: false, trouble }
}

interface ReadPatch {
  readonly ok: true
  readonly text: string
  /** How many folders stand in front of the paths: one for `a/` and `b/`. */
  readonly strip: number
}

function readPatch(file: string): ReadPatch | { readonly ok: false; readonly trouble: string } {
  const no = (trouble: string) => ({ ok: false, trouble }) as const
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return no('there is no such file')
  if (!stats.isFile()) return no('it is not a file')
  if (stats.size > sizeMax) return no('it is larger than any patch of one bug')
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  if (isCut(text)) return no('it ends in the middle of a hunk')
  const targets = [...text.matchAll(/^\+\+\+ ([^\t\n]+)/gm)].map(([, path = '']) => path.trim())
  if (targets.length === 0 || !/^@@ /m.test(text)) return no('it holds no unified diff')
  const strips = targets.map(stripOf)
  const strange = targets.find((_path, index) => strips[index] === undefined)
  if (strange !== undefined) return no(`it changes ${JSON.stringify(strange.slice(0, 200))}, which the simulation does not run`)
  const strip = strips[0] ?? 0
  return strips.some((other) => other !== strip) ? no('its paths do not all begin in the same way') : { ok: true, text: text.endsWith('\n') ? text : `${text}\n`, strip }
}

/** Its last hunk has fewer lines than it says: what was left of it would be another bug. */
function isCut(text: string): boolean {
  const [, before = '1', after = '1', lines = ''] = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@[^\n]*\n((?:(?!^@@ )[^])*)$/m.exec(text.slice(text.lastIndexOf('\n@@ ') + 1)) ?? []
  const count = (signs: string): number => lines.split('\n').filter((line) => line !== '' && signs.includes(line[0] ?? '')).length
  return lines === '' ? /^@@ /m.test(text) : count(' -') < Number(before) || count(' +') < Number(after)
}

/** Where the path of something that is copied begins. */
function stripOf(path: string): number | undefined {
  const names = path.split('/')
  if (names.includes('..')) return undefined
  const strip = names.findIndex((_name, index) => parts.some((part) => part.includes('/') && names.slice(index).join('/').startsWith(`${part}/`)))
  return strip < 0 ? undefined : strip
}

function apply(folder: string, { text, strip }: ReadPatch): string | undefined {
  const file = join(folder, 'the.patch')
  writeFileSync(file, text)
  let first: string | undefined
  for (const extra of attempts) {
    try {
      execFileSync('git', ['apply', `-p${strip}`, '--whitespace=nowarn', ...extra, file], { cwd: folder, stdio: 'pipe', env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } })
      return undefined
    } catch (thrown) {
      first ??= saidBy(thrown)
    }
  }
  return `it does not apply to these sources (${first})`
}

function saidBy(thrown: unknown): string {
  const text = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr) : String(thrown)
  return text.trim().split('\n')[0]?.replace(/^error: /, '').replace(/ at .*\/the\.patch:/, ' in line ') ?? 'no reason told'
}

import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { actionsMax, intentsWanted } from './arguments.ts'
import { runSeed } from './run-seed.ts'
import type { Report } from './run-seeds.ts'

/**
 * Planted bugs. Each is a patch that is applied to a copy, never to the sources; it is killed when the simulation of the copy finds a
 * violation that the sources without it do not have.
 */
export interface Verdict {
  readonly name: string
  readonly file: string
  readonly killed: boolean
  readonly seed?: number
  readonly killedBy?: string
  /** Why it could not be judged. */
  readonly trouble?: string
}

const root = resolve(import.meta.dirname, '../..')
/** One after the other, until one of them notices: most bugs fall to the first or second. */
const firstSeed = 1
const seedsMax = 40
/** A copy that hangs is found out by the clock. */
const roundLimitMs = 240_000

export const mutantFiles = (): readonly string[] => {
  const folder = join(root, 'test/mutants')
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.patch')).sort().map((name) => join(folder, name)) : []
}

export async function judgeMutant(file: string): Promise<Verdict> {
  const name = basename(file).replace(/\.patch$/, '')
  const copy = mkdtempSync(join(tmpdir(), 'ballast-mutant-'))
  try {
    for (const part of ['src-main/base', 'src-main/domain', 'src-main/ports', 'src-main/engine', 'src-main/risk', 'src-main/reconcile', 'src-main/quant', 'src-main/venues', 'test/sim', 'package.json']) {
      if (existsSync(join(root, part))) cpSync(join(root, part), join(copy, part), { recursive: true })
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const trouble = applyPatch(copy, file)
    if (trouble !== undefined) return { name, file, killed: false, trouble }
    return { name, file, ...(await hunt(copy)) }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function applyPatch(copy: string, file: string): string | undefined {
  if (!existsSync(file)) return `there is no file ${file}`
  try {
    // Paths begin with a/ and b/; a little drift of the lines around is borne.
    execFileSync('git', ['apply', '-p1', '--recount', '--whitespace=nowarn', resolve(file)], { cwd: copy, stdio: 'pipe', env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } })
    return undefined
  } catch (thrown) {
    const said = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr) : String(thrown)
    return `the patch does not apply: ${said.trim().split('\n')[0] ?? ''}`
  }
}

async function hunt(copy: string): Promise<Omit<Verdict, 'name' | 'file'>> {
  for (let from = firstSeed; from < firstSeed + seedsMax;) {
    const { text, failure } = await runCopy(copy, firstSeed + seedsMax - from, from)
    if (failure !== undefined) return { killed: true, seed: from, killedBy: failure }
    const { violations } = JSON.parse(text) as Report
    const [any] = violations
    if (any === undefined) return { killed: false }
    const first = violations.find(({ seed, id }) => !isBrokenAnyway(seed, id))
    if (first !== undefined) return { killed: true, seed: first.seed, killedBy: `${first.id}: ${first.detail.slice(0, 200)}` }
    from = any.seed + 1
  }
  return { killed: false }
}

/** What is violated without the planted bug as well says nothing about it. */
const isBrokenAnyway = (seed: number, id: string): boolean => {
  const known = unmutated.get(seed) ?? new Set(runSeed({ seed, actions: actionsMax, intents: intentsWanted }).violations.map((violation) => violation.id))
  unmutated.set(seed, known)
  return known.has(id)
}
const unmutated = new Map<number, ReadonlySet<string>>()

interface Ran {
  readonly text: string
  readonly failure?: string
}

function runCopy(copy: string, seeds: number, from: number): Promise<Ran> {
  return new Promise((done) => {
    const words = ['test/sim/simulate.ts', '--seeds', String(seeds), '--first-seed', String(from), '--workers', '1', '--stop-at-first', '--json']
    const child = spawn(process.execPath, words, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] })
    const out: string[] = []
    const err: string[] = []
    child.stdout.on('data', (chunk) => out.push(String(chunk)))
    child.stderr.on('data', (chunk) => err.push(String(chunk)))
    const timer = setTimeout(() => child.kill('SIGKILL'), roundLimitMs)
    child.on('close', (code) => {
      clearTimeout(timer)
      const text = out.join('')
      if (code === 0 || (code === 1 && text.startsWith('{'))) done({ text })
      else done({ text, failure: code === null ? 'hang: no end within the time for it' : `throw: ${err.join('').split('\n').find((line) => line.includes('Error')) ?? `exit ${code}`}` })
    })
  })
}

/** Lines of a patch that are not of the patch format say what it is: the first is its name. */
export const titleOf = (file: string): string => readFileSync(file, 'utf8').split('\n')[0]?.replace(/^# /, '') ?? basename(file)

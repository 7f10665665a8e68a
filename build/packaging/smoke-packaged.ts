/**
 * Starts the packed, fused app once and believes it only if it says by itself that it works:
 *
 *   node build/packaging/smoke-packaged.ts [PROGRAM]
 *
 * The fuses keep Playwright out of it, so `--smoke` is the app's own check: it prints one JSON document and exits with 0.
 * Without PROGRAM the one that `npm run dist` left in release/ for this system is taken.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SmokeOutcome =
  | { readonly ok: true; readonly report: object }
  | { readonly ok: false; readonly sentence: string; readonly printed: string }

const candidates: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['linux-unpacked/ballast', 'linux-arm64-unpacked/ballast'],
  win32: ['win-unpacked/Ballast.exe', 'win-arm64-unpacked/Ballast.exe'],
  // Packing leaves both behind, and an Intel Mac runs only its own.
  darwin: [`${process.arch === 'arm64' ? 'mac-arm64' : 'mac'}/Ballast.app/Contents/MacOS/Ballast`],
}

export function findPackedProgram(release: string): string | undefined {
  return candidates[process.platform]?.map((path) => join(release, path)).find(existsSync)
}

export async function smoke(program: string, timeoutMs: number): Promise<SmokeOutcome> {
  const home = mkdtempSync(join(tmpdir(), 'ballast-smoke-'))
  try {
    const child = spawn(program, ['--smoke', `--user-data-dir=${home}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const { promise, resolve } = Promise.withResolvers<string>()
    child.once('error', (error) => resolve(`did not start: ${error.message}`))
    child.once('close', (code, signal) => resolve(signal === null ? `exited with ${code}` : `was ended after ${timeoutMs} ms`))
    const ending = await promise
    const report = jsonObjectIn(stdout)
    if (ending === 'exited with 0' && report !== undefined) return { ok: true, report }
    const missing = report === undefined ? ' and printed no JSON document' : ''
    return { ok: false, sentence: `${program} ${ending}${missing}`, printed: stdout + stderr }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

function jsonObjectIn(stdout: string): object | undefined {
  try {
    const value: unknown = JSON.parse(stdout)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  const program = process.argv[2] ?? findPackedProgram(join(import.meta.dirname, '../../release'))
  if (program === undefined) {
    console.error('Nothing is packed for this system yet: run npm run dist first.')
    process.exit(3)
  }
  const outcome = await smoke(program, 60_000)
  if (outcome.ok) console.log(JSON.stringify(outcome.report))
  else {
    console.error(`${outcome.sentence}\n${outcome.printed}`)
    process.exit(1)
  }
}

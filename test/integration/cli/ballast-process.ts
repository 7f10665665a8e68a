import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programEnvironment } from '../../fixtures/program-environment.ts'

/** Runs the real command line in real processes, each test in a home of its own. */
const root = join(import.meta.dirname, '../../..')
const entry = join(root, 'src-main/ballast.ts')

export interface Answer {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Served {
  readonly child: ChildProcess
  /** The document that `serve --json` or `run --json` printed. */
  readonly document: { readonly url: string; readonly port: number; readonly processId: number; readonly wasRunning: boolean; readonly isPageBuilt: boolean }
  readonly said: { stdout: string; stderr: string }
  readonly ended: Promise<number | NodeJS.Signals | null>
}

export class BallastHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'ballast-home-'))
  readonly #children = new Set<ChildProcess>()

  get profileFolder(): string {
    return join(this.folder, 'profiles/demo')
  }

  ballast(...argv: readonly string[]): Promise<Answer> {
    return this.#run(argv, true)
  }

  /** Its reader is gone before it writes. */
  ballastUnread(...argv: readonly string[]): Promise<Answer> {
    return this.#run(argv, false)
  }

  #run(argv: readonly string[], isRead: boolean): Promise<Answer> {
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [entry, ...argv], { env: this.#env() }, (_error, stdout, stderr) =>
        resolve({ exitCode: child.exitCode, stdout, stderr }),
      )
      if (!isRead) child.stdout?.destroy()
    })
  }

  /** The document of a command that has to succeed. */
  async json(...argv: readonly string[]): Promise<Record<string, unknown>> {
    const { exitCode, stdout, stderr } = await this.ballast(...argv, '--json')
    if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`)
    return JSON.parse(stdout) as Record<string, unknown>
  }

  /** A command that stays, once it has answered. */
  async stay(...argv: readonly string[]): Promise<Served> {
    const child = spawn(process.execPath, [entry, ...argv, '--json'], { env: this.#env(), stdio: ['ignore', 'pipe', 'pipe'] })
    this.#children.add(child)
    const said = { stdout: '', stderr: '' }
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
    child.stderr.on('data', (text) => (said.stderr += String(text)))
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text) => {
        said.stdout += String(text)
        if (said.stdout.includes('\n')) resolve()
      })
      void ended.then((end) => reject(new Error(`ended with ${end}: ${said.stdout}${said.stderr}`)))
    })
    // What the command promises is checked by the tests that read it.
    return { child, document: JSON.parse(said.stdout) as Served['document'], said, ended }
  }

  async dispose(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL')
    // An engine sees its supervisor go and lets go of the folder.
    await new Promise((resolve) => setTimeout(resolve, this.#children.size > 0 ? 150 : 0))
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  #env(): NodeJS.ProcessEnv {
    const { INIT_CWD: _, NO_COLOR: __, ...env } = process.env
    return { ...env, ...programEnvironment(), BALLAST_HOME: this.folder, LANG: 'C', LC_ALL: 'C' }
  }
}

/** A process that has ended and that nobody has asked about yet is not alive. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${processId}/stat`, 'utf8'))
  } catch {
    return false
  }
}

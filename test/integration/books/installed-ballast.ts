import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { scheduleTimeout } from '../../../src-main/bridge/index.ts'
import { connectToHost } from '../../../src-main/browser-host/index.ts'
import { noKeychain, createVault, Secret } from '../../../src-main/store/index.ts'
import { readEngineAddress } from '../../../src-main/supervisor/index.ts'
import { contract, createBridge, type Bridge, type CallName, type Contract, type InputOf, type OutputOf, type Port } from '../../../src-preload/contract/index.ts'
import { programEnvironment } from '../../fixtures/program-environment.ts'

/**
 * Ballast as a person has it: its real processes, threads and files in a home of its own, with nothing of this computer's
 * session. Books are protected by a passphrase and a recovery code, of which the code is quick to try.
 */
const root = join(import.meta.dirname, '../../..')
const entry = join(root, 'src-main/ballast.ts')

export interface Answer {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly said: { stdout: string; stderr: string }
  readonly ended: Promise<number | NodeJS.Signals | null>
}

export interface Surroundings {
  readonly home?: string
  readonly secret?: string | undefined
  /** Adds to the environment; the keychain's session, for one. */
  readonly env?: NodeJS.ProcessEnv
  readonly profile?: string
}

export const passphrase = 'nine lives of a ledger'
/** Small segments, and nothing that happens by the clock. */
export const quietSettings = 'version: 1\nbackup:\n  enabled: false\njournal:\n  segmentMegabytes: 1\n'

export class InstalledBallast {
  readonly home: string
  readonly profile: string
  readonly env: NodeJS.ProcessEnv
  /** Every process's words, for whoever looks through all of them. */
  readonly words: { readonly argv: readonly string[]; stdout: string; stderr: string }[] = []
  readonly #scratch = mkdtempSync(join(tmpdir(), 'ballast-it-'))
  readonly #running = new Set<Running>()
  readonly #bridges = new Set<Bridge<Contract>>()

  constructor({ home, secret, env = {}, profile = 'paper' }: Surroundings = {}) {
    this.home = home ?? join(this.#scratch, 'home')
    this.profile = profile
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    this.env = {
      PATH: process.env['PATH'],
      HOME: join(this.#scratch, 'user'),
      BALLAST_HOME: this.home,
      LC_ALL: 'C',
      ...programEnvironment(),
      ...(secret === undefined ? {} : { BALLAST_PASSPHRASE_FILE: this.secretFile(secret) }),
      ...env,
    }
  }

  get folder(): string {
    return join(this.home, 'profiles', this.profile)
  }

  file(name: string): string {
    return join(this.folder, name)
  }

  secretFile(secret: string): string {
    const file = join(this.#scratch, `secret-${randomUUID()}`)
    writeFileSync(file, `${secret}\n`, { mode: 0o600 })
    return file
  }

  /** One command from its words to its end. */
  async ballast(argv: readonly string[], { fd3, env }: { readonly fd3?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Answer> {
    const running = this.spawn(argv, { ...(fd3 === undefined ? {} : { fd3 }), ...(env === undefined ? {} : { env }) })
    const exitCode = await running.ended
    const { stdout, stderr } = running.said
    return { exitCode: typeof exitCode === 'number' ? exitCode : null, stdout, stderr }
  }

  /** The document of a command, whatever its exit code. */
  async json(...argv: readonly string[]): Promise<Record<string, unknown>> {
    const { stdout, stderr } = await this.ballast([...argv, '--json'])
    const lines = stdout.split('\n').filter((line) => line !== '')
    if (lines.length !== 1) throw new Error(`expected one document, but: ${stdout}${stderr}`)
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>
  }

  spawn(argv: readonly string[], { fd3, env }: { readonly fd3?: string; readonly env?: NodeJS.ProcessEnv } = {}): Running {
    const third = fd3 === undefined ? undefined : openSync(this.secretFile(fd3), 'r')
    const child = spawn(process.execPath, [entry, ...argv, '--profile', this.profile], {
      env: { ...this.env, ...env },
      cwd: this.#scratch,
      stdio: ['ignore', 'pipe', 'pipe', ...(third === undefined ? [] : [third])],
    })
    if (third !== undefined) closeSync(third)
    const said = { argv, stdout: '', stderr: '' }
    this.words.push(said)
    child.stdout?.on('data', (text) => (said.stdout += String(text)))
    child.stderr?.on('data', (text) => (said.stderr += String(text)))
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)))
    const running: Running = { child, said, ended }
    this.#running.add(running)
    void ended.then(() => this.#running.delete(running))
    return running
  }

  /** A command that stays, once it is ready; throws what it said when it is not. */
  async start(command: 'run' | 'serve' = 'run', more: readonly string[] = [], fd3?: string): Promise<Running> {
    const running = this.spawn([command, '--port', '0', '--json', ...more], fd3 === undefined ? {} : { fd3 })
    const isOver = await Promise.race([
      running.ended.then(() => true),
      new Promise<false>((resolve) => running.child.stdout?.on('data', () => running.said.stdout.includes('\n') && resolve(false))),
    ])
    if (isOver) throw new Error(`it ended: ${running.said.stdout}${running.said.stderr}`)
    return running
  }

  async stop(running: Running): Promise<void> {
    running.child.kill('SIGTERM')
    await running.ended
  }

  /** The engine is a child of the process that was started. */
  enginePid({ child }: Running): number {
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
    const engine = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine-child'))
    if (engine === undefined) throw new Error('expected an engine')
    return engine
  }

  /** A screen’s line to the running engine. */
  async connect(onFrame: (text: string) => void = () => undefined): Promise<Bridge<Contract>> {
    const bridge = createBridge({
      table: contract,
      connect: async () => {
        const address = readEngineAddress(this.folder)
        if (address === undefined) return { ok: false, cause: 'lost' }
        const connected = await connectToHost(address.port, address.token)
        return connected.ok ? { ok: true, port: overheard(connected.port, onFrame) } : connected
      },
      schedule: scheduleTimeout,
      newKey: randomUUID,
    })
    this.#bridges.add(bridge)
    await new Promise<void>((resolve) => bridge.onState((state) => state === 'open' && resolve()))
    return bridge
  }

  async ask<Name extends CallName<Contract>>(bridge: Bridge<Contract>, name: Name, input: InputOf<Contract[Name]>): Promise<OutputOf<Contract[Name]>> {
    const reply = await bridge.call(name, input, { timeoutMs: 10_000 })
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`)
    return reply.value
  }

  /** Another installation with the same files. */
  copy(secret?: string): InstalledBallast {
    const copy = new InstalledBallast({ profile: this.profile, secret })
    cpSync(this.home, copy.home, { recursive: true, preserveTimestamps: true })
    return copy
  }

  async dispose(): Promise<void> {
    for (const bridge of this.#bridges) bridge.dispose()
    for (const { child } of this.#running) child.kill('SIGKILL')
    // An engine sees its supervisor go and lets go of the folder.
    if (this.#running.size > 0) await wait(200)
    rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** The line itself, with somebody who reads along. */
const overheard = (port: Port, onFrame: (text: string) => void): Port => ({
  post(text, lane) {
    onFrame(text)
    port.post(text, lane)
  },
  onMessage: (listener) =>
    port.onMessage((text) => {
      onFrame(text)
      listener(text)
    }),
  onClose: (listener) => port.onClose(listener),
  close: (cause) => port.close(cause),
})

/** Books that were made and used by nobody yet; the code opens them without the cost of a passphrase. */
export async function newBooks(ballast: InstalledBallast): Promise<{ readonly code: string }> {
  writeFileSync(ballast.file('settings.yaml'), quietSettings)
  const made = await createVault({ folder: ballast.folder, keychain: noKeychain, protection: { kind: 'passphrase', passphrase: Secret.fromText(passphrase) } })
  if (!made.ok) throw new Error(`expected a vault, but ${made.trouble.kind}`)
  const added = await made.vault.addRecoveryCode()
  if (!added.ok) throw new Error('expected a recovery code')
  const code = added.code.withBytes((bytes) => bytes.toString('utf8'))
  made.vault.dispose()
  return { code }
}

/** Every file below, with its bytes. */
export function bytesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (item.isFile()) found.set(join(item.parentPath, item.name), readFileSync(join(item.parentPath, item.name)))
  }
  return found
}

export const isSameBytes = (left: ReadonlyMap<string, Buffer>, right: ReadonlyMap<string, Buffer>): boolean =>
  left.size === right.size && [...left].every(([name, bytes]) => right.get(name)?.equals(bytes) === true)

export function flipByte(file: string, at: number): void {
  const mode = statSync(file).mode
  const bytes = readFileSync(file)
  const place = at < 0 ? bytes.length + at : at
  bytes[place] = (bytes[place] ?? 0) ^ 0x10
  rmSync(file)
  writeFileSync(file, bytes, { mode })
}

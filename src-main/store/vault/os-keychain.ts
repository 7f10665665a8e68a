import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { keychainEntry, startChild, startThread, type KeychainHelper } from './keychain-helper.ts'
import type { Keychain, KeychainAnswer, KeychainBackEnd, KeychainDescription } from './keychain.ts'
import type { KeychainReply, KeychainRequest } from './serve-keychain.ts'

/** A person may have to unlock it first, and must not be hurried; nobody waits for longer than this. */
export const keychainDeadlineMs = 20_000

/** For so long the helper stays after a call, because another often follows. */
const idleMs = 60_000

export interface OsKeychainOptions {
  readonly service?: string
  readonly deadlineMs?: number
  readonly platform?: NodeJS.Platform
  /** The program that calls the keychain. */
  readonly entry?: URL
  /** In Electron `fork` would start Electron again, as an application: its fuses forbid to run it as Node. So a thread it is. */
  readonly helper?: 'child' | 'thread'
}

/**
 * What it must never do: wait for the keychain on the engine's thread. The library connects to the bus as soon as an entry is
 * made, and waits where it was called for a bus that does not answer. So it is only ever called by a helper, within a deadline.
 *
 * A child that hangs is killed, and the next call begins with another one. A thread that hangs cannot be: it is abandoned, and
 * because each would hold one of the few threads that the file system shares, none begins until that one is gone.
 */
export function createOsKeychain(options: OsKeychainOptions = {}): Keychain {
  return new OsKeychain(options)
}

const usualHelper = process.versions['electron'] === undefined ? 'child' : 'thread'

type Ask =
  | { readonly do: 'read' | 'remove'; readonly account: string }
  | { readonly do: 'write'; readonly account: string; readonly secret: Uint8Array }

class OsKeychain implements Keychain {
  readonly #service: string
  readonly #deadlineMs: number
  readonly #platform: NodeJS.Platform
  readonly #start: () => KeychainHelper
  readonly #isThread: boolean
  #helper: KeychainHelper | undefined
  #idle: NodeJS.Timeout | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #isStuck = false

  constructor(options: OsKeychainOptions) {
    const { service = 'Ballast', deadlineMs = keychainDeadlineMs, platform = process.platform, helper = usualHelper, entry } = options
    this.#service = service
    this.#deadlineMs = deadlineMs
    this.#platform = platform
    this.#isThread = helper === 'thread'
    this.#start = () => (this.#isThread ? startThread : startChild)(entry ?? keychainEntry())
  }

  get isStuck(): boolean {
    return this.#isStuck
  }

  async read(account: string): Promise<KeychainAnswer<Buffer | undefined>> {
    const reply = await this.#ask({ do: 'read', account })
    if (!reply.ok) return reply
    if (!(reply.value instanceof Uint8Array)) return { ok: true, value: undefined }
    const secret = Buffer.from(reply.value)
    reply.value.fill(0)
    return { ok: true, value: secret }
  }

  async write(account: string, secret: Uint8Array): Promise<KeychainAnswer<undefined>> {
    const reply = await this.#ask({ do: 'write', account, secret })
    return reply.ok ? { ok: true, value: undefined } : reply
  }

  async remove(account: string): Promise<KeychainAnswer<boolean>> {
    const reply = await this.#ask({ do: 'remove', account })
    return reply.ok ? { ok: true, value: reply.value === true } : reply
  }

  async describe(): Promise<KeychainDescription> {
    if (this.#platform === 'darwin') return { backEnd: 'macos' }
    if (this.#platform === 'win32') return { backEnd: 'windows' }
    if (!process.env['DBUS_SESSION_BUS_ADDRESS']) return { backEnd: 'none' }
    const program = await askBusWhoAnswers()
    if (program === undefined) return { backEnd: 'secret-service' }
    return { backEnd: backEndOf(program), program }
  }

  #ask(ask: Ask): Promise<KeychainReply> {
    const request: KeychainRequest = { ...ask, service: this.#service }
    const answer = this.#turn.then(() => this.#askNow(request))
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  async #askNow(request: KeychainRequest): Promise<KeychainReply> {
    if (this.#isStuck) return { ok: false, trouble: { kind: 'keychain-silent', waitedMs: 0 } }
    clearTimeout(this.#idle)
    if (this.#helper === undefined || this.#helper.hasEnded) this.#helper = this.#start()
    const reply = await this.#inTime(this.#helper.ask(request))
    if (reply === gaveUp) {
      this.#giveUp(this.#helper)
      return { ok: false, trouble: { kind: 'keychain-silent', waitedMs: this.#deadlineMs } }
    }
    this.#idle = setTimeout(() => this.#release(), idleMs).unref()
    return reply ?? { ok: false, trouble: { kind: 'keychain-denied', detail: 'the program that asks the keychain ended' } }
  }

  #giveUp(helper: KeychainHelper): void {
    this.#helper = undefined
    this.#isStuck = this.#isThread
    void helper.kill().then(() => {
      this.#isStuck = false
    })
  }

  #release(): void {
    this.#helper?.release()
    this.#helper = undefined
  }

  /** The timer keeps the process alive for as long as somebody waits for the answer, as the helper does not. */
  async #inTime<Value>(work: Promise<Value>): Promise<Value | typeof gaveUp> {
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<typeof gaveUp>((resolve) => {
      timer = setTimeout(() => resolve(gaveUp), this.#deadlineMs)
    })
    return Promise.race([work, deadline]).finally(() => clearTimeout(timer))
  }
}

const gaveUp = Symbol('gave up')

const backEndOf = (program: string): KeychainBackEnd => (/^(kwalletd|ksecretd)/.test(program) ? 'kwallet' : 'secret-service')

const bus = 'org.freedesktop.DBus'
const whoAnswers = [
  'call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus',
  '--method', `${bus}.GetConnectionUnixProcessID`, 'org.freedesktop.secrets',
]

/** The bus names the process that answers for the secret service: kwallet and gnome-keyring speak the same words. */
async function askBusWhoAnswers(): Promise<string | undefined> {
  const answer = await outputOf('gdbus', whoAnswers)
  const pid = /uint32 (?<pid>\d+)/.exec(answer ?? '')?.groups?.['pid']
  if (pid === undefined) return undefined
  try {
    return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
  } catch {
    // Gone meanwhile, or another user's: then its name stays unknown.
    return undefined
  }
}

const outputOf = (program: string, flags: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(program, [...flags], { timeout: 2_000 }, (error, stdout) => resolve(error === null ? stdout : undefined))
  })

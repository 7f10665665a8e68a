import { type FSWatcher, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../launch/temporary-home.ts'

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/**
 * One instance per folder. Files alone, because the question is answered synchronously: a lock that names its owner, and a
 * folder of calls that the owner watches. The lock of an owner that died is worth nothing.
 */
export class SingleInstanceLock {
  readonly #folder: string
  readonly #calls: string
  readonly #lock: string
  #watcher: FSWatcher | undefined

  constructor(userData: string) {
    this.#folder = join(userData, 'standin-instance')
    this.#calls = join(this.#folder, 'calls')
    this.#lock = join(this.#folder, 'lock')
  }

  get isHeld(): boolean {
    return this.#watcher !== undefined
  }

  /** True when this process is the first; else the first one hears of us. */
  acquire(us: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.isHeld) return true
    mkdirSync(this.#calls, { recursive: true })
    if (!this.#take()) {
      this.#call(us)
      return false
    }
    this.#watcher = watch(this.#calls, { persistent: false }, () => this.#answer(onSecond))
    process.once('exit', () => this.release())
    return true
  }

  release(): void {
    if (!this.isHeld) return
    this.#watcher?.close()
    this.#watcher = undefined
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #take(): boolean {
    // Linking puts the lock there together with its content, or not at all.
    const claim = join(this.#folder, `claim-${process.pid}`)
    writeFileSync(claim, String(process.pid))
    try {
      return this.#link(claim) || (this.#clearDeadOwner() && this.#link(claim))
    } finally {
      rmSync(claim, { force: true })
    }
  }

  #link(claim: string): boolean {
    try {
      linkSync(claim, this.#lock)
      return true
    } catch {
      return false
    }
  }

  #clearDeadOwner(): boolean {
    if (isAlive(Number(readFileSync(this.#lock, 'utf8')))) return false
    rmSync(this.#lock, { force: true })
    return true
  }

  #call(us: SecondInstance): void {
    const draft = join(this.#folder, `draft-${process.pid}`)
    writeFileSync(draft, JSON.stringify(us))
    renameSync(draft, join(this.#calls, `${process.pid}-${Date.now()}`))
  }

  #answer(onSecond: (second: SecondInstance) => void): void {
    for (const name of readdirSync(this.#calls)) {
      const path = join(this.#calls, name)
      const second: SecondInstance = JSON.parse(readFileSync(path, 'utf8'))
      rmSync(path)
      onSecond(second)
    }
  }
}

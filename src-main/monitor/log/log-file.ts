import { closeSync, constants, mkdirSync, openSync, writeSync } from 'node:fs'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { BoundedLines } from './bounded-lines.ts'
import { dayOf, logsToRemove, parseLogName, printLogName, type LogFileName, type Retention } from './log-names.ts'

/**
 * Lines into files that rotate by day and by size. It must never make the caller wait and never throw.
 * Invariants: 1 what waits is bounded; what does not fit is dropped, counted, and said as soon as the disk takes lines again;
 * 2 after trouble no line is begun in the middle of another; 3 only files of its own naming are ever removed.
 */
export interface LogFileParts {
  readonly folder: string
  readonly nowMs: () => number
  readonly limits?: Partial<LogLimits>
  /** Writes the line about lines that were lost. */
  readonly tellLost: (lost: number, detail: string) => string
  readonly opens?: OpensFile
}

export interface LogLimits {
  readonly fileBytesMax: number
  readonly waitingBytesMax: number
  readonly retryMs: number
  readonly retention: Retention
}

export type OpensFile = (path: string) => Promise<Pick<FileHandle, 'write' | 'stat' | 'close' | 'chmod'>>
type Opened = Awaited<ReturnType<OpensFile>>

export const logLimits: LogLimits = {
  fileBytesMax: 10_000_000,
  waitingBytesMax: 4_000_000,
  retryMs: 1_000,
  retention: { days: 14, megabytes: 64 },
}

export interface LogFileState {
  readonly lost: number
  readonly waiting: number
  /** Why nothing is written now; a system's code such as ENOSPC. */
  readonly trouble: string | undefined
  readonly file: string | undefined
}

const retryMsMax = 30_000
const batchBytesMax = 256_000
// A link in place of the file would lead the log elsewhere.
const appendFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0)

const opensFile: OpensFile = (path) => open(path, appendFlags, 0o600)

interface CurrentFile extends LogFileName {
  readonly handle: Opened
  bytes: number
}

export class LogFile {
  readonly #parts: LogFileParts
  #limits: LogLimits
  readonly #waiting: BoundedLines
  #file: CurrentFile | undefined
  /** What is being written now, and what of it has reached the file. */
  #batch: Buffer | undefined
  #written = 0
  #writing: Promise<void> | undefined
  #trouble: string | undefined
  #hadTrouble = ''
  #failures = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(parts: LogFileParts) {
    this.#parts = parts
    this.#limits = { ...logLimits, ...parts.limits }
    this.#waiting = new BoundedLines(this.#limits.waitingBytesMax)
  }

  get state(): LogFileState {
    const { lost, bytes } = this.#waiting
    return { lost, waiting: bytes, trouble: this.#trouble, file: this.#file === undefined ? undefined : printLogName(this.#file) }
  }

  /** From the next file on. */
  keep(retention: Retention): void {
    this.#limits = { ...this.#limits, retention }
  }

  write(line: string): void {
    if (this.#isClosed) return
    this.#waiting.add(line)
    if (this.#timer === undefined) this.#begin()
  }

  /** When all that waits now is written, or as soon as the disk is in trouble. */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  /** For a process that is about to end: writes what waits, at once. What was just on its way may be there twice. */
  flushNow(): void {
    const rest = [this.#batch?.toString('utf8') ?? '', ...this.#waiting.takeAll()].join('')
    if (rest === '') return
    try {
      mkdirSync(this.#parts.folder, { recursive: true, mode: 0o700 })
      const name = this.#file ?? { day: dayOf(this.#parts.nowMs()), part: 0 }
      const descriptor = openSync(join(this.#parts.folder, printLogName(name)), appendFlags, 0o600)
      try {
        writeSync(descriptor, this.#batch === undefined ? rest : `\n${rest}`)
      } finally {
        closeSync(descriptor)
      }
    } catch (error) {
      this.#trouble = codeOf(error)
    }
  }

  /** Waits for the disk, but not for ever. */
  async close(deadlineMs = 2_000): Promise<void> {
    const deadline = new Promise((resolve) => setTimeout(resolve, deadlineMs).unref())
    await Promise.race([this.flush(), deadline])
    this.#isClosed = true
    clearTimeout(this.#timer)
    await Promise.race([this.#letGo(), deadline])
  }

  #begin(): void {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined
    })
  }

  async #drain(): Promise<void> {
    // Lines of the same turn of the loop leave together.
    await Promise.resolve()
    try {
      while (this.#batch !== undefined || this.#waiting.bytes > 0) await this.#writeBatch()
    } catch (error) {
      await this.#becomeIll(error)
    }
  }

  async #writeBatch(): Promise<void> {
    this.#batch ??= Buffer.from(this.#waiting.take(batchBytesMax), 'utf8')
    const file = await this.#fileFor(this.#batch.length)
    while (this.#written < this.#batch.length) {
      const { bytesWritten } = await file.handle.write(this.#batch, this.#written, this.#batch.length - this.#written)
      file.bytes += bytesWritten
      this.#written += bytesWritten
    }
    this.#batch = undefined
    this.#written = 0
    this.#becomeWell()
  }

  /** After trouble the next file may be another: the line in which the writing stopped is ended there and written again. */
  #rewindToLine(): void {
    if (this.#batch === undefined || this.#written === 0) return
    const lineStart = this.#batch.lastIndexOf(0x0a, this.#written - 1) + 1
    const rest = this.#batch.subarray(lineStart)
    this.#batch = lineStart === this.#written ? rest : Buffer.concat([Buffer.from('\n'), rest])
    this.#written = 0
  }

  async #becomeIll(error: unknown): Promise<void> {
    this.#trouble = codeOf(error)
    this.#hadTrouble = this.#trouble
    this.#rewindToLine()
    await this.#letGo()
    const delayMs = Math.min(this.#limits.retryMs * 2 ** this.#failures, retryMsMax)
    this.#failures += 1
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (!this.#isClosed) this.#begin()
    }, delayMs)
    this.#timer.unref()
  }

  #becomeWell(): void {
    this.#trouble = undefined
    this.#failures = 0
    const lost = this.#waiting.takeLost()
    if (lost > 0) this.#waiting.add(this.#parts.tellLost(lost, this.#hadTrouble === '' ? 'slow' : this.#hadTrouble))
    this.#hadTrouble = ''
  }

  async #fileFor(bytes: number): Promise<CurrentFile> {
    const day = dayOf(this.#parts.nowMs())
    const file = this.#file
    if (file?.day === day && (file.bytes === 0 || file.bytes + bytes <= this.#limits.fileBytesMax)) return file
    await this.#letGo()
    await mkdir(this.#parts.folder, { recursive: true, mode: 0o700 })
    const part = await this.#nextPart(day, bytes, file?.day === day ? file.part + 1 : 0)
    const handle = await (this.#parts.opens ?? opensFile)(join(this.#parts.folder, printLogName({ day, part })))
    this.#file = { day, part, handle, bytes: (await handle.stat()).size }
    await handle.chmod(0o600)
    await this.#prune(this.#file)
    return this.#file
  }

  /** The newest file of the day while there is room in it, so that a restart does not begin another. */
  async #nextPart(day: string, bytes: number, atLeast: number): Promise<number> {
    const parts = (await this.#kept()).filter((log) => log.day === day)
    const newest = parts.reduce((found, log) => (log.part > found.part ? log : found), { part: atLeast, bytes: 0 })
    const hasRoom = newest.bytes === 0 || newest.bytes + bytes <= this.#limits.fileBytesMax
    return hasRoom ? newest.part : newest.part + 1
  }

  async #prune(current: LogFileName): Promise<void> {
    const toRemove = logsToRemove(await this.#kept(), current, this.#parts.nowMs(), this.#limits.retention)
    for (const log of toRemove) await rm(join(this.#parts.folder, printLogName(log)), { force: true })
  }

  async #kept() {
    const names = await readdir(this.#parts.folder)
    const kept = names.map(parseLogName).filter((name) => name !== undefined)
    return Promise.all(kept.map(async (name) => ({ ...name, bytes: await sizeOf(join(this.#parts.folder, printLogName(name))) })))
  }

  async #letGo(): Promise<void> {
    const handle = this.#file?.handle
    this.#file = undefined
    // A file that cannot be closed is as gone as it can be.
    await handle?.close().catch(() => undefined)
  }
}

const sizeOf = (path: string): Promise<number> => stat(path).then(({ size }) => size, () => 0)

/** The system's own word, which quotes no path. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'

const prefix = 'ballast-standin-'

/**
 * Runs beside the main process and outlives it, even a SIGKILL: its stdin closes when the main process is gone. Then it
 * gives Chromium (whose pid it was told) two seconds to end itself, ends it if it did not, and removes the folder.
 */
const undertakerScript = `
trap '' HUP INT TERM
while read -r pid; do chromium=$pid; done
if [ -n "$chromium" ]; then
  for wait in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$chromium" 2>/dev/null || break; sleep 0.2; done
  kill -9 -"$chromium" 2>/dev/null
fi
for try in 1 2 3 4 5; do rm -rf "$1" && [ ! -e "$1" ] && break; sleep 0.2; done
`

/** The one folder of this process under the system's temporary folder; nothing of it survives the process. */
export class TemporaryHome {
  #path: string | undefined
  #undertaker: Writable | undefined

  /** The folder; it exists from the first question on, so that a process that needs none leaves no trace. */
  get path(): string {
    this.#path ??= this.#open()
    return this.#path
  }

  folder(name: string): string {
    const path = join(this.path, name)
    mkdirSync(path, { recursive: true })
    return path
  }

  /** Chromium writes to this folder until it is gone, so whoever removes the folder has to end it first. */
  entrustChromium(pid: number): void {
    this.#undertaker?.write(`${pid}\n`)
  }

  remove(): void {
    if (this.#path !== undefined) rmSync(this.#path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }

  #open(): string {
    sweep()
    const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
    // detached: whoever ends our process group must not end the one who cleans up after it.
    const undertaker = spawn('/bin/sh', ['-c', undertakerScript, 'undertaker', path], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    undertaker.unref()
    // Somebody ended it: then the next stand-in sweeps.
    undertaker.stdin.on('error', () => undefined)
    this.#undertaker = undertaker.stdin
    return path
  }
}

/** Removes what a killed process left whose undertaker was killed too. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const owner = Number.parseInt(name.slice(prefix.length), 10)
    if (!isAlive(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export const temporaryHome = new TemporaryHome()

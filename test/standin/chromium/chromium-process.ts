import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Readable, Writable } from 'node:stream'
import { isDebugging } from '../launch/debugging.ts'
import { DevtoolsConnection } from './devtools-connection.ts'
import { findChromium } from './find-chromium.ts'

const flags = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-dev-shm-usage',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
  '--password-store=basic',
  '--use-mock-keychain',
  '--force-color-profile=srgb',
  // Electron has none of these brakes on a page that nobody looks at, and no popup blocker in front of its own handler.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-popup-blocking',
  // Electron's ports tell when their other end is gone; in Chromium that is still behind a flag.
  '--enable-blink-features=MessagePortCloseEvent',
  // Windows appear when the app opens one.
  '--no-startup-window',
  '--remote-debugging-pipe',
]

const stopPatienceMs = 3_000

export interface ChromiumPlaces {
  readonly profile: string
  /** Where Chromium may leave its sockets and scratch files. */
  readonly scratch: string
  /** The value of --remote-debugging-port for a second client (the test runner), or '' when there is none. */
  readonly debuggingPort: string
}

/** One running Chromium. It ends with this process: the pipe is its lifeline. */
export class ChromiumProcess {
  readonly connection: DevtoolsConnection
  readonly pid: number | undefined
  readonly #child: ChildProcess
  readonly #gone: Promise<void>

  constructor(places: ChromiumPlaces) {
    const child = spawn(findChromium(), chromiumArguments(places), {
      // A group of its own, so that it can be ended with all its children.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: places.scratch },
    })
    this.#child = child
    this.pid = child.pid
    this.#gone = new Promise((resolve) => child.once('close', () => resolve()))
    child.once('error', (error) => console.error(`Chromium does not start: ${error.message}`))
    const [, , errors, toChromium, fromChromium] = child.stdio
    if (!(toChromium instanceof Writable && fromChromium instanceof Readable)) throw new Error('Chromium has no pipe')
    this.connection = new DevtoolsConnection(fromChromium, toChromium)
    if (errors instanceof Readable) passOnDevtoolsAddress(errors)
  }

  /** Resolves when the process and its children are gone. */
  async stop(): Promise<void> {
    void this.connection.browser.send('Browser.close').catch(() => undefined)
    const impatience = setTimeout(() => endProcessGroup(this.#child), stopPatienceMs)
    await this.#gone
    clearTimeout(impatience)
  }

  get gone(): Promise<void> {
    return this.#gone
  }
}

function chromiumArguments({ profile, debuggingPort }: ChromiumPlaces): readonly string[] {
  return [
    ...flags,
    `--user-data-dir=${profile}`,
    ...(debuggingPort === '' ? [] : [`--remote-debugging-port=${debuggingPort}`]),
    // Chromium refuses to sandbox itself for root, and root is what containers give us.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
}

/** A test runner waits for this line on our stderr, as it would on Electron's. */
function passOnDevtoolsAddress(errors: Readable): void {
  createInterface({ input: errors }).on('line', (line) => {
    if (line.startsWith('DevTools listening on ') || isDebugging) console.error(line)
  })
}

function endProcessGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Gone between the question and the answer: that is what was wanted.
  }
}

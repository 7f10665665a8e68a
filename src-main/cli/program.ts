import type { AssetSource } from '../page/index.ts'
import type { BrowserHost } from '../browser-host/index.ts'
import type { Profile, Supervisor } from '../supervisor/index.ts'
import type { Access, BooksTroubleCode, ErrorDetails } from '../../src-preload/contract/index.ts'

/** What the entry file knows and the command line may not reach by itself. */
export interface Program {
  readonly version: string
  readonly startEngine: StartEngine
  /** The file that the engine's process runs. */
  readonly engineEntry: string
  readonly pageRoot: string
  /** Where npm puts Electron; the binary itself is fetched on the first start. */
  readonly electronFolder: string
}

export type StartEngine = (parts: {
  readonly profile: Profile
  readonly port: number
  readonly engineEntry: string
  readonly assets: AssetSource
  readonly secret?: string
  readonly mayServeClosed: boolean
  /** For the length of one command. */
  readonly isBrief?: boolean
  /** Nobody wants it any more. */
  readonly signal?: AbortSignal
}) => Promise<EngineStarted>

export type EngineStarted =
  | { readonly ok: true; readonly headless: HeldEngine }
  | { readonly ok: false; readonly reason: StartTrouble; readonly detail: string }
  | { readonly ok: false; readonly reason: 'books-closed'; readonly code: BooksTroubleCode; readonly details: ErrorDetails }

export type StartTrouble = 'port-taken' | 'folder-in-use' | 'folder-unusable' | 'engine-down'

/** An engine that lives as long as this process holds it. */
export interface HeldEngine {
  readonly host: Pick<BrowserHost, 'port' | 'origin'>
  readonly supervisor: Pick<Supervisor, 'state' | 'halt' | 'onState'>
  urlFor(access: Access): string
  stop(): Promise<void>
}

/** The world around one run of the command line. */
export interface Surroundings {
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly workingFolder: string
  readonly stdout: Paper
  readonly stderr: Paper
  readonly signals: Signals
  /** On a terminal: asks for what must not be seen. Absent where nobody can be asked. */
  readonly askSecret?: (question: string) => Promise<string>
}

/** A stream to write on. */
export interface Paper {
  readonly isTTY?: boolean
  write(text: string): unknown
}

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** What the system asks of this process. */
export interface Signals {
  onStop(listener: (signal: StopSignal) => void): void
  onHalt(listener: () => void): void
}

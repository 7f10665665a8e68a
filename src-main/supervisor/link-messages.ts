import type { Access, BooksTroubleCode, ErrorDetails, ModeState, ProfileKind } from '../../src-preload/contract/index.ts'
import type { VenueNews } from './venue-keeper.ts'
import type { PipeMessage } from '../bridge/index.ts'

/** What the supervising process says to the engine's. */
export type ToEngine =
  | { readonly kind: 'start'; readonly start: EngineStart }
  | { readonly kind: 'stop' }
  /** From the tray, a hotkey or a signal: needs no client and no line. */
  | { readonly kind: 'halt'; readonly reason: string; readonly actor: 'tray' | 'hotkey' | 'signal' }
  | { readonly kind: 'machine-slept' }
  /** Electron only: the port of one window comes with it. */
  | { readonly kind: 'client'; readonly access: Access; readonly peer: string }
  /** Electron only: the port of the browser host's pipe comes with it. */
  | { readonly kind: 'pipe' }
  /** Of the venue's process, which this one keeps beside the engine's. */
  | { readonly kind: 'venue'; readonly news: VenueNews }
  /** Without Electron, where the browser host is the supervising process itself. */
  | { readonly kind: 'channel'; readonly message: PipeMessage }

export interface EngineStart {
  /** The folder of the profile. */
  readonly folder: string
  readonly profile: string
  readonly profileKind: ProfileKind
  readonly restarts: number
  readonly keys: StartKeys
}

/** What opens the books, as far as the parent has it. It travels between our own processes only, and is never written. */
export interface StartKeys {
  /** Of books that are not kept: they outlive a crash of the engine, not the end of Ballast. */
  readonly ephemeralRoot?: Uint8Array
  /** A passphrase or recovery code that was given at the start. */
  readonly secret?: string
}

/** How the books do, as far as whoever started the engine has to know. */
export type BooksNews =
  | { readonly state: 'opening' | 'open' }
  | { readonly state: 'closed'; readonly code: BooksTroubleCode; readonly details: ErrorDetails }

/** What the engine's process says to the supervising one. */
export type FromEngine =
  | { readonly kind: 'ready'; readonly state: ModeState }
  /** It cannot run here, and starting it again would not help. */
  | { readonly kind: 'refused'; readonly reason: RefusedStart; readonly detail: string }
  /** Once a second, so that an engine that hangs is found. */
  | { readonly kind: 'beat'; readonly state: ModeState }
  | { readonly kind: 'channel'; readonly message: PipeMessage }
  | { readonly kind: 'books'; readonly news: BooksNews }
  /** There is to be a venue's process from now on; how it does is told in answer. */
  | { readonly kind: 'venue-wanted' }
  /** To be passed on to this life of it, or to nobody. */
  | { readonly kind: 'to-venue'; readonly life: number; readonly body: unknown }
  /** The passphrase was changed: the next engine needs this one. */
  | { readonly kind: 'new-secret'; readonly secret: string }

export type RefusedStart = 'folder-in-use' | 'folder-unusable'

/** The engine's process exits so after it refused to start. */
export const refusedExitCode = 3
/** After a bug in the engine. */
export const brokenExitCode = 70

import type { CloseCause } from './port.ts'

/** What the preload puts on `window.ballast` in the desktop window; in a browser there is no such thing. */
export interface PreloadFace {
  readonly host: 'electron'
  readonly platform: string
  /** Asks for the line to the engine. Called again, it gives up the line before and asks for a new one. */
  connect(listener: LineListener): void
  /** Refuses, by throwing, whatever is not a message of the contract. */
  post(text: string): void
  close(): void
  shell<Verb extends ShellVerb>(verb: Verb, argument?: string): Promise<ShellAnswer>
}

export interface LineListener {
  opened(): void
  message(text: string): void
  closed(cause: CloseCause): void
}

/** What a screen may ask of the window's program itself. */
export const shellVerbs = ['second-window', 'show-desk', 'open-link', 'check-for-updates', 'restart-engine'] as const
export type ShellVerb = (typeof shellVerbs)[number]

/** The only addresses that a click may open in the system's browser: the screen names one, it never gives an address. */
export const externalLinks = {
  licence: 'https://opensource.org/license/mit',
} as const
export type ExternalLink = keyof typeof externalLinks

export type ShellAnswer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string }

/** Names on the private channel between preload and window program. */
export const shellChannels = { connect: 'ballast:connect', line: 'ballast:line', down: 'ballast:down', shell: 'ballast:shell' } as const

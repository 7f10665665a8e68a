import { randomBytes } from 'node:crypto'
import type { StartKeys } from './link-messages.ts'
import type { Profile } from './data-home.ts'

/** Books of the demo are made anew each time and not kept; all others are opened with what protects them. */
export function startKeysFor(profile: Pick<Profile, 'kind'>, secret: string | undefined): StartKeys {
  if (profile.kind === 'demo') return { ephemeralRoot: randomBytes(32) }
  return secret === undefined ? {} : { secret }
}

import { Chromium, type RequestPolicy } from '../chromium/chromium.ts'
import { temporaryHome } from '../launch/temporary-home.ts'

let started: Chromium | undefined
const starting = Promise.withResolvers<Chromium>()

/** The Chromium of this process; it starts when the app is ready. */
export function chromium(): Promise<Chromium> {
  return starting.promise
}

export interface ChromiumStart {
  /** A folder that somebody keeps, or undefined for one that goes with this process. */
  readonly profile: string | undefined
  readonly debuggingPort: string
  readonly policy: RequestPolicy
}

export function startChromium({ profile, debuggingPort, policy }: ChromiumStart): Chromium {
  started = new Chromium(profile ?? temporaryHome.folder('profile'), debuggingPort, policy)
  starting.resolve(started)
  return started
}

export async function stopChromium(): Promise<void> {
  await started?.stop()
}

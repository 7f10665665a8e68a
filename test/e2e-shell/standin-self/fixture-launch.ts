import { fileURLToPath } from 'node:url'
import { _electron as electron, type ElectronApplication, type Page, test as base } from 'playwright/test'

export const executable = fileURLToPath(new URL('../../standin/electron.sh', import.meta.url))
export const fixtureApp = fileURLToPath(new URL('../../standin/fixture-app', import.meta.url))

// Playwright's own choice is a temporary folder that it is too late to remove when its worker ends with the app.
const artifactsDir = fileURLToPath(new URL('../../../test-results/standin/artifacts', import.meta.url))

/** What the fixture's main process keeps for its tests. */
interface FixtureRecord {
  readonly seen: (readonly unknown[])[]
  readonly enginePid: () => number | undefined
  readonly startEngine: () => void
}

/** What the fixture's preload gives to its page. */
export interface FixtureApi {
  readonly host: string
  readonly process: { readonly type: string; readonly sandboxed: boolean; readonly argv: readonly string[] }
  readonly limits: { readonly list: readonly unknown[] }
  readonly sum: (a: number, b: number) => number
  readonly explode: () => void
  readonly later: <Value>(value: Value) => Promise<Value>
  readonly refuse: () => Promise<void>
  readonly callMeBack: (callback: (word: string) => string) => string
  readonly counter: (callback: (count: number) => void) => () => void
  readonly requireOutcome: (id: string) => string
  readonly echo: <Value>(value: Value) => Promise<Value>
  readonly failInMain: () => Promise<void>
  readonly openWindow: () => Promise<void>
  readonly askEngine: (question: object) => Promise<Readonly<Record<string, unknown>>>
  readonly engineClosed: () => Promise<string>
  readonly askMain: (question: object) => Promise<Readonly<Record<string, unknown>>>
}

declare global {
  interface Window {
    readonly fixture: FixtureApi
    readonly seenAtStart: { readonly host: string; readonly reachable: readonly string[] }
  }
  var fixtureRecord: FixtureRecord
}

export interface RunningFixture {
  readonly app: ElectronApplication
  readonly page: Page
  /** What happened in the main process so far under this word. */
  readonly seen: (word: string) => Promise<readonly (readonly unknown[])[]>
}

/** The fixture with its first window loaded. */
export async function launchFixture(args: readonly string[] = []): Promise<RunningFixture> {
  const app = await electron.launch({ executablePath: executable, args: [fixtureApp, ...args], artifactsDir, timeout: 10_000 })
  const page = await app.firstWindow()
  await page.locator('h1').waitFor()
  const seen = (word: string) =>
    app.evaluate((_, name) => globalThis.fixtureRecord.seen.filter(([first]) => first === name), word)
  return { app, page, seen }
}

/** Forgets what earlier tests did: a new document, and an empty record. */
async function refresh({ app, page }: RunningFixture): Promise<void> {
  await app.evaluate(() => void globalThis.fixtureRecord.seen.splice(0))
  await page.reload()
}

interface TestFixtures {
  /** An app that gentle tests share, because starting one takes a second: they leave it as they found it. */
  readonly shared: RunningFixture
  /** An app for this test alone, closed after it. */
  readonly own: RunningFixture
}

// Playwright reads the names of the fixtures that one needs off its first parameter: it has to be a pattern, even an empty one.
export const test = base.extend<TestFixtures, { readonly worker: RunningFixture }>({
  worker: [
    async ({}, use) => {
      const running = await launchFixture()
      await use(running)
      await running.app.close()
    },
    { scope: 'worker' },
  ],
  shared: async ({ worker }, use) => {
    await refresh(worker)
    await use(worker)
  },
  own: async ({}, use) => {
    const running = await launchFixture()
    await use(running)
    await running.app.close()
  },
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test, type ElectronApplication, type Page } from 'playwright/test'
import { conformanceCases } from '../../contract/conformance/cases.ts'
import { buildConformanceApp } from './build-app.ts'

const root = join(import.meta.dirname, '../../..')
const app = join(root, 'test-results/conformance-app')
let home: string
let program: ElectronApplication
let page: Page

const run = (name: string): Promise<string> => page.evaluate<string>(`window.conformance.run(${JSON.stringify(name)})`)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  // A build and a start: more than a test has.
  test.setTimeout(90_000)
  home = mkdtempSync(join(tmpdir(), 'ballast-conformance-'))
  await buildConformanceApp(app)
  program = await _electron.launch({
    args: [app],
    env: { ...(process.env as Record<string, string>), BALLAST_HOME: home },
    ...(process.env['REAL_ELECTRON'] === undefined ? { executablePath: join(root, 'test/standin/electron.sh') } : {}),
  })
  page = await program.firstWindow()
  // Not by waiting in the page: the page's policy allows no evaluation of text, and a second look would need it.
  await expect.poll(() => page.evaluate(() => 'conformance' in window).catch(() => false), { timeout: 45_000 }).toBe(true)
  // The cases allow an open line four seconds, and an engine that is still starting on a busy machine may need more.
  await expect.poll(() => run('engine.ping: a good call is answered as its schema says'), { timeout: 45_000 }).toBe('passed')
})

test.afterAll(async () => {
  await program?.close()
  rmSync(home, { recursive: true, force: true })
})

for (const { name } of conformanceCases) {
  test(`over the window’s line: ${name}`, async () => {
    expect(await run(name)).toBe('passed')
  })
}

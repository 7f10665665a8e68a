import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, isStandin, modeInTitle, test, type Desktop, onlyFull } from './desktop.ts'

/** Ends the engine as no engine can prevent, and waits for the next one. */
async function killEngine({ status }: Desktop): Promise<void> {
  const { processId, restarts } = await status()
  process.kill(processId, 'SIGKILL')
  await expect.poll(async () => (await status()).restarts).toBe(restarts + 1)
}

test('a killed engine is said to be restarting, and comes back to the mode it had', async ({ desktop }) => {
  await desktop.engine.call('trading.resume', { to: 'active', reason: 'a test', actor: 'hand' })
  await expect(desktop.page).toHaveTitle(modeInTitle('active|trading'))
  await killEngine(desktop)
  // The second return takes a second: long enough to be worth a word on the screen.
  const { processId } = await desktop.status()
  process.kill(processId, 'SIGKILL')
  await expect(desktop.page.getByRole('alert').filter({ hasText: /started again/i })).toBeVisible()
  await expect.poll(() => desktop.engine.state).toBe('open')
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  expect(await desktop.status()).toMatchObject({ mode: 'active', reason: 'the start was clean', restarts: 2 })
})

test('after three crashes the engine stays down until a person wants it back', onlyFull, async ({ desktop }) => {
  await killEngine(desktop)
  await killEngine(desktop)
  process.kill((await desktop.status()).processId, 'SIGKILL')
  await expect.poll(() => desktop.engine.state).toBe('stopped')
  await expect(desktop.page.getByRole('alert').filter({ hasText: /down|stopped/i })).toBeVisible()
  expect(await desktop.page.evaluate(() => window.ballast?.shell('restart-engine'))).toMatchObject({ ok: true })
  await expect.poll(() => desktop.engine.state).toBe('open')
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  expect(await desktop.page.evaluate(() => window.ballast?.shell('restart-engine'))).toMatchObject({ ok: false })
})

test('a page is told why its line went, not only that it did', onlyFull, async ({ desktop }) => {
  const { processId } = await desktop.status()
  const told = desktop.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        window.ballast?.connect({ opened: () => (document.title = 'opened'), message: () => undefined, closed: resolve })
      }),
  )
  await expect(desktop.page).toHaveTitle('opened')
  process.kill(processId, 'SIGKILL')
  expect(await told).toBe('engine-restarting')
})

const crashPage = ({ app }: Desktop) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())

/** As the window itself has it: for Playwright a page that crashed is lost. Undefined while there is no page to be asked. */
const pageTitle = ({ app }: Desktop): Promise<unknown> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.title')).catch(() => undefined)

test('a crashed page is loaded again while the engine goes on', async ({ desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  const before = await desktop.status()
  await crashPage(desktop)
  await expect.poll(desktop.errors).toContain('the page of a window is gone')
  await expect.poll(() => pageTitle(desktop)).toMatch(modeInTitle('active'))
  expect(await desktop.status()).toMatchObject({ processId: before.processId, clients: 2 })
})

// The processes of the stand-in say by their command line what they are.
if (isStandin) {
  test('a page that crashes again at once is a person’s to decide about', onlyFull, async ({ desktop }) => {
    const dialogs = () => desktop.app.evaluate(() => globalThis.ballastStandin?.shownDialogs.length)
    await desktop.app.evaluate(() => globalThis.ballastStandin?.answerNextDialog('message', { response: 0, checkboxChecked: false }))
    await crashPage(desktop)
    await expect.poll(desktop.errors).toContain('the page of a window is gone')
    await expect.poll(() => pageTitle(desktop)).toMatch(modeInTitle('active'))
    expect(await dialogs()).toBe(0)
    await crashPage(desktop)
    await expect.poll(dialogs).toBe(1)
    await expect.poll(() => pageTitle(desktop)).toMatch(modeInTitle('active'))
  })

  test('a crashed browser host comes back at the same address, on a new pipe', onlyFull, async ({ desktop }) => {
    const { processId } = await desktop.status()
    const address = readFileSync(join(desktop.folder, 'engine.json'), 'utf8')
    const listed = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(desktop.main.pid)], { encoding: 'utf8' }).stdout
    const host = listed.split('\n').find((line) => line.includes('host-child'))
    process.kill(Number.parseInt(host ?? '', 10), 'SIGKILL')
    await expect.poll(() => desktop.engine.state).not.toBe('open')
    await expect.poll(() => desktop.engine.state).toBe('open')
    expect((await desktop.status()).processId).toBe(processId)
    expect(JSON.parse(readFileSync(join(desktop.folder, 'engine.json'), 'utf8'))).toMatchObject({ token: JSON.parse(address).token })
  })
}

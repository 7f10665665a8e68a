import { expect, isStandin, modeInTitle, onlyFull, test } from './desktop.ts'

test('halt from the menu reaches engine and screen', async ({ desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  const first = await desktop.app.evaluate(({ Menu }) => {
    const item = Menu.getApplicationMenu()?.items[0]?.submenu?.items[0]
    item?.click()
    return { label: item?.label, accelerator: item?.accelerator }
  })
  expect(first).toEqual({ label: 'Halt trading', accelerator: 'CommandOrControl+Shift+H' })
  await expect(desktop.page).toHaveTitle(modeInTitle('halted'))
  expect(await desktop.status()).toMatchObject({ mode: 'halted', actor: 'tray', reason: 'halted from the menu' })
})

// Nothing but a person can reach the tray and the keyboard of a real desktop.
if (isStandin) {
  test('halt from the tray reaches engine, screen and the tray itself', async ({ desktop }) => {
    const toolTip = () => desktop.app.evaluate(() => globalThis.ballastStandin?.trays()[0]?.toolTip)
    await expect.poll(toolTip).toBe('Ballast demo: active')
    await desktop.app.evaluate(() => globalThis.ballastStandin?.chooseFromTray('Halt trading'))
    await expect(desktop.page).toHaveTitle(modeInTitle('halted'))
    expect(await desktop.status()).toMatchObject({ mode: 'halted', actor: 'tray', reason: 'halted from the tray' })
    await expect.poll(toolTip).toBe('Ballast demo: halted')
  })

  test('halt by the global hotkey reaches the engine while no window answers', async ({ desktop }) => {
    await desktop.status()
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    expect(await desktop.app.evaluate(() => globalThis.ballastStandin?.pressGlobalShortcut('CommandOrControl+Alt+Shift+H'))).toBe(true)
    await expect.poll(async () => (await desktop.status()).mode).toBe('halted')
    expect(await desktop.status()).toMatchObject({ actor: 'hotkey' })
    await expect(desktop.page).toHaveTitle(modeInTitle('halted'))
  })

  test('the tray shows the window again and quits the app', onlyFull, async ({ desktop }) => {
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    await desktop.app.evaluate(() => globalThis.ballastStandin?.chooseFromTray('Show window'))
    expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true)
    const gone = new Promise((resolve) => desktop.main.once('exit', resolve))
    await desktop.app.evaluate(() => void setTimeout(() => globalThis.ballastStandin?.chooseFromTray('Quit'), 50))
    expect(await gone).toBe(0)
  })
}

if (process.platform !== 'win32') {
  test('halt by a signal to the app reaches engine and screen', async ({ desktop }) => {
    process.kill(desktop.main.pid ?? 0, 'SIGUSR2')
    await expect(desktop.page).toHaveTitle(modeInTitle('halted'))
    expect(await desktop.status()).toMatchObject({ actor: 'signal', reason: 'signal SIGUSR2' })
  })
}

test('a halt that no engine was there to hear is heard by the next one', async ({ desktop }) => {
  const { processId } = await desktop.status()
  process.kill(processId, 'SIGKILL')
  await expect.poll(() => desktop.engine.state).not.toBe('open')
  await desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.submenu?.items[0]?.click())
  await expect.poll(() => desktop.engine.state).toBe('open')
  await expect.poll(desktop.status).toMatchObject({ mode: 'halted', reason: 'halted from the menu', restarts: 1 })
})

test('a sleep of the machine leaves no trading on', async ({ desktop }) => {
  const input = { to: 'active', reason: 'a test', actor: 'hand' } as const
  expect(await desktop.engine.call('trading.resume', input)).toMatchObject({ ok: true })
  await expect(desktop.page).toHaveTitle(modeInTitle('active|trading'))
  await desktop.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'))
  await expect.poll(async () => (await desktop.status()).mode).toBe('reducing')
  expect(await desktop.status()).toMatchObject({ actor: 'engine', reason: 'the machine slept' })
})

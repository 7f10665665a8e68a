import { spawn } from 'node:child_process'
import { existsSync, rmSync, statSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { appFolder, electronProgram, expect, firstPage, isStandin, launch, launchArguments, modeInTitle, newHome, profileFolder, test, onlyFull } from './desktop.ts'

const isAlive = (processId: number): boolean => {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

test('the window opens at its own origin and shows the engine’s mode', async ({ desktop }) => {
  expect(desktop.page.url()).toBe('https://localhost/')
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  expect((await desktop.status()).clients).toBe(2)
  const { isVisible, width } = await desktop.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return { isVisible: window?.isVisible(), width: window?.getBounds().width }
  })
  expect({ isVisible, width }).toEqual({ isVisible: true, width: 1440 })
})

test('quitting ends engine and host, and takes the engine’s address away', async ({ desktop }) => {
  const { processId } = await desktop.status()
  const address = join(desktop.folder, 'engine.json')
  expect(existsSync(address)).toBe(true)
  if (process.platform !== 'win32') expect(statSync(address).mode & 0o777).toBe(0o600)
  await desktop.app.close()
  expect(desktop.main.exitCode).toBe(0)
  expect(existsSync(address)).toBe(false)
  await expect.poll(() => isAlive(processId)).toBe(false)
  await expect.poll(() => desktop.engine.state).toBe('lost')
  expect(desktop.errors()).not.toContain('ballast:')
})

// Windows has no way to stop a process for a while.
if (process.platform !== 'win32') {
  test('an engine that hangs does not keep the app from quitting, nor does it stay behind', async ({ desktop }) => {
    const { processId } = await desktop.status()
    process.kill(processId, 'SIGSTOP')
    await desktop.app.close()
    expect(desktop.main.exitCode).toBe(0)
    expect(isAlive(processId)).toBe(false)
    expect(existsSync(join(desktop.folder, 'engine.json'))).toBe(false)
  })
}

test('closing the last window quits: nothing trades unseen', async ({ desktop }) => {
  const { processId } = await desktop.status()
  const gone = once(desktop.main, 'exit')
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  expect((await gone)[0]).toBe(0)
  await expect.poll(() => isAlive(processId)).toBe(false)
})

test('a second window shows the same engine', onlyFull, async ({ desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  const opened = desktop.app.waitForEvent('window')
  expect(await desktop.page.evaluate(() => window.ballast?.shell('second-window'))).toMatchObject({ ok: true })
  const second = await opened
  await expect(second).toHaveTitle(modeInTitle('active'))
  await expect.poll(async () => (await desktop.status()).clients).toBe(3)
  // One window going is no reason to stop.
  await second.close()
  await expect.poll(async () => (await desktop.status()).clients).toBe(2)
})

test('a panel gets a window of its own, and nothing but the name of a panel opens one', onlyFull, async ({ desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  for (const address of ['https://example.com/', '../x', 'Ladder', 'a b', '-', `a${'b'.repeat(40)}`, 'x#t=admin']) {
    const answer = await desktop.page.evaluate((name) => window.ballast?.shell('second-window', name), address)
    expect(answer, address).toMatchObject({ ok: false })
  }
  const opened = desktop.app.waitForEvent('window')
  expect(await desktop.page.evaluate(() => window.ballast?.shell('second-window', 'engine'))).toMatchObject({ ok: true })
  const alone = await opened
  await expect(alone).toHaveTitle(modeInTitle('active'))
  expect(alone.url()).toBe('https://localhost/#panel=engine')
  await expect(alone.locator('[data-panel]')).toHaveCount(1)
  await expect(alone.locator('.halt')).toBeVisible()
  expect(desktop.app.windows()).toHaveLength(2)
  // From a panel alone the desk comes back, and where there is one no second is opened.
  const showDesk = () => alone.evaluate(() => window.ballast?.shell('show-desk'))
  expect(await showDesk()).toMatchObject({ ok: true })
  expect(desktop.app.windows()).toHaveLength(2)
  await desktop.page.close()
  const again = desktop.app.waitForEvent('window')
  await showDesk()
  const desk = await again
  await expect(desk).toHaveTitle(modeInTitle('active'))
  expect(desk.url()).toBe('https://localhost/')
})

test('there is an end to the windows that a page can open', onlyFull, async ({ desktop }) => {
  const answers = await desktop.page.evaluate(async () => {
    const given: (boolean | undefined)[] = []
    for (let count = 0; count < 7; count++) given.push((await window.ballast?.shell('second-window'))?.ok)
    return given
  })
  expect(answers).toEqual([true, true, true, true, true, false, false])
})

test('a second start brings the first window to the front and ends', onlyFull, async ({ desktop }) => {
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const second = spawn(electronProgram, launchArguments(desktop.home), { cwd: appFolder, stdio: 'ignore' })
  expect((await once(second, 'exit'))[0]).toBe(0)
  const isMinimized = () => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())
  await expect.poll(isMinimized).toBe(false)
  expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a taken port costs nothing but the usual address, and is said once', onlyFull, async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  // A listening TCP server's address is an AddressInfo.
  const port = `--port=${(taken.address() as AddressInfo).port}`
  const home = newHome()
  const app = await launch(home, [port])
  await expect(await firstPage(app)).toHaveTitle(modeInTitle('active'))
  await app.close()

  const child = spawn(electronProgram, launchArguments(home, port), { cwd: appFolder, stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (part) => (errors += String(part)))
  await expect.poll(() => errors).toMatch(/ballast: .*EADDRINUSE.*; the browser host takes another port\n/)
  expect(errors.match(/ballast:/g)).toHaveLength(1)
  // The command line reads the port from the address, so it still finds this app.
  await expect.poll(() => existsSync(join(profileFolder(home), 'engine.json'))).toBe(true)
  child.kill('SIGTERM')
  await once(child, 'exit')
  taken.close()
  rmSync(home, { recursive: true, force: true })
})

test('a profile that there is not is refused in one sentence', async () => {
  const home = newHome()
  const child = spawn(electronProgram, launchArguments(home, '--profile=live'), { cwd: appFolder, stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (part) => (errors += String(part)))
  const [code] = await once(child, 'close')
  expect(code).toBe(2)
  expect(errors).toContain('ballast: there is no profile live, only demo and paper\n')
  rmSync(home, { recursive: true, force: true })
})

test('in development the page comes from the server of its sources', onlyFull, async () => {
  const server = createHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>from the sources</title>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const home = newHome()
  // A listening TCP server's address is an AddressInfo.
  const app = await launch(home, [], { ELECTRON_RENDERER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  await expect(await firstPage(app)).toHaveTitle('from the sources')
  await app.close()
  server.close()
  rmSync(home, { recursive: true, force: true })
})

// A modal dialog of the real Electron waits for a person.
if (isStandin) {
  test('a folder that another Ballast holds is told in one sentence, and the app quits', async () => {
    const home = newHome()
    const holder = spawn(process.execPath, [join(import.meta.dirname, '../fixtures/hold-lock.ts'), profileFolder(home)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    expect((await once(holder, 'message'))[0]).toBe('held')
    const app = await launch(home)
    const main = app.process()
    const dialogs = await app.evaluate(async ({ app: inside }) => {
      // The stand-in answers a dialog at once, so that the app is about to quit: whoever looks has to be quicker.
      inside.on('before-quit', (event) => event.preventDefault())
      while (globalThis.ballastStandin?.shownDialogs.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
      return globalThis.ballastStandin?.shownDialogs
    })
    expect(JSON.stringify(dialogs)).toContain('Another Ballast already runs with this data folder.')
    await app.evaluate(({ app: inside }) => {
      inside.removeAllListeners('before-quit')
      setTimeout(() => inside.quit(), 50)
    })
    await once(main, 'exit')
    expect(existsSync(join(profileFolder(home), 'engine.json'))).toBe(false)
    holder.kill('SIGKILL')
    rmSync(home, { recursive: true, force: true })
  })
}

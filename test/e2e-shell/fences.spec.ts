import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { externalLinks } from '../../src-preload/contract/index.ts'
import { expect, isStandin, modeInTitle, test } from './desktop.ts'

declare global {
  /** In the main process: addresses that the system's browser was asked to open. Kept, not opened. */
  var openedForTest: string[] | undefined
}

test('the page stays where it is and opens nothing', async ({ sharedDesktop: desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  for (const address of ['https://example.com/', 'http://localhost/', 'https://localhost.example.com/', 'data:text/html,hello', 'file:///etc/passwd']) {
    await desktop.page.evaluate((to) => void (location.href = to), address)
    await desktop.page.waitForTimeout(100)
    expect(desktop.page.url(), address).toBe('https://localhost/')
  }
  await desktop.page.evaluate(() => void window.open('https://example.com/', '_blank'))
  await desktop.page.waitForTimeout(200)
  expect(desktop.app.windows()).toHaveLength(1)
  // It is still the page that it was, with its line.
  expect((await desktop.status()).clients).toBe(2)
})

test('the page reaches its own files and nothing else', async ({ sharedDesktop: desktop }) => {
  const server = createServer((_request, response) => response.writeHead(200, { 'access-control-allow-origin': '*' }).end('outside')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  let asked = 0
  server.on('request', () => asked++)
  // A listening TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const outcomes = await desktop.page.evaluate(
    (addresses) => Promise.all(addresses.map((address) => fetch(address, { mode: 'no-cors' }).then(() => 'answered', () => 'refused'))),
    [`http://localhost:${port}/`, `https://localhost:${port}/`, 'https://example.com/', 'https://127.0.0.1/'],
  )
  expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused'])
  expect(asked).toBe(0)
  server.close()
  const own = await desktop.page.evaluate(async () => {
    const page = await fetch('/')
    const missing = await fetch('/../package.json')
    const written = await fetch('/', { method: 'POST' })
    return { status: page.status, policy: page.headers.get('content-security-policy'), missing: missing.status, written: written.status }
  })
  expect(own).toMatchObject({ status: 200, missing: 404, written: 405 })
  expect(own.policy).toContain("default-src 'none'")
})

test('another origin is answered with 403 by the session, and its page is nobody to the program', async ({ desktop }) => {
  const foreign = await desktop.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    await window?.loadURL('https://example.com/').catch(() => undefined)
    return window?.webContents.executeJavaScript(`new Promise(async (resolve) => {
      const told = []
      window.ballast.connect({ opened: () => told.push('opened'), message: () => told.push('message'), closed: (cause) => told.push(cause) })
      const verb = await window.ballast.shell('second-window').then(() => 'done', (error) => error.message)
      const { responseStatus } = performance.getEntriesByType('navigation')[0]
      setTimeout(() => resolve({ told, verb, responseStatus, origin: location.origin }), 500)
    })`) as Promise<unknown>
  })
  expect(foreign).toMatchObject({ told: [], responseStatus: 403, origin: 'https://example.com' })
  expect(foreign).toHaveProperty('verb', expect.stringContaining('only the page may ask this'))
  expect((await desktop.status()).clients).toBe(1)
})

test('inline scripts and eval do not run', async ({ sharedDesktop: desktop }) => {
  const ran = await desktop.page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.inlineRan = true'
    document.body.append(script)
    return 'inlineRan' in window
  })
  expect(ran).toBe(false)
})

test('a link is opened by its name, never by an address', async ({ sharedDesktop: desktop }) => {
  await desktop.app.evaluate(({ shell }) => {
    const opened: string[] = []
    globalThis.openedForTest = opened
    shell.openExternal = (address) => Promise.resolve(void opened.push(address))
  })
  const ask = (name: string) => desktop.page.evaluate((link) => window.ballast?.shell('open-link', link), name)
  expect(await ask('licence')).toMatchObject({ ok: true })
  for (const name of ['https://example.com/', 'toString', '__proto__', '']) expect(await ask(name), name).toMatchObject({ ok: false })
  expect(await desktop.app.evaluate(() => globalThis.openedForTest)).toEqual([externalLinks.licence])
})

test('verbs that do not exist are refused, and updates are not set up', async ({ sharedDesktop: desktop }) => {
  const ask = (verb: string) => desktop.page.evaluate((name) => window.ballast?.shell(name as 'second-window'), verb)
  expect(await ask('constructor')).toMatchObject({ ok: false })
  expect(await ask('check-for-updates')).toEqual({ ok: false, text: 'updates are not set up for this build' })
})

test('the page is refused what needs a permission, and may copy', async ({ sharedDesktop: desktop }) => {
  const outcomes = await desktop.page.evaluate(async () => {
    const granted = (): string => 'granted'
    const name = (error: unknown): string => (error instanceof Error ? error.name : 'refused')
    return {
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(granted, name),
      place: await new Promise<string>((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), () => resolve('refused'))),
      notification: await Notification.requestPermission(),
      reading: await navigator.clipboard.readText().then(granted, name),
    }
  })
  expect(Object.values(outcomes)).not.toContain('granted')
})

// The real Electron has no way to ask its handlers in the name of a page.
if (isStandin) {
  test('the handlers give the page no permission but to copy and to tell of alerts', async ({ sharedDesktop: desktop }) => {
    const answers = await desktop.app.evaluate(() =>
      Promise.all(
        (['clipboard-sanitized-write', 'clipboard-read', 'notifications', 'geolocation', 'media', 'openExternal', 'hid', 'usb'] as const).map(
          (permission) => globalThis.ballastStandin?.askPermission(permission),
        ),
      ),
    )
    expect(answers).toEqual([true, false, true, false, false, false, false, false])
  })
}

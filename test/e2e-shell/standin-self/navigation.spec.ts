import { expect } from 'playwright/test'
import { test } from './fixture-launch.ts'

test('the page cannot leave, whichever way it tries', async ({ own: { page, seen } }) => {
  const home = page.url()
  await page.evaluate(() => void (location.href = 'https://evil.example/'))
  await expect.poll(() => seen('will-navigate')).toEqual([['will-navigate', 'https://evil.example/']])
  await page.locator('#elsewhere').click()
  await expect.poll(async () => (await seen('will-navigate')).length).toBe(2)
  await page.evaluate(() => {
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action: 'https://form.example/' })
    document.body.append(form)
    form.submit()
  })
  await expect.poll(async () => (await seen('will-navigate')).length).toBe(3)
  expect(page.url()).toBe(home)
  await expect(page.locator('h1')).toHaveText('fixture')
})

test('every one of many attempts to leave is caught', async ({ own: { page, seen } }) => {
  for (let attempt = 1; attempt <= 20; attempt++) {
    await page.evaluate((number) => void (location.href = `https://evil.example/${number}`), attempt)
    await expect.poll(async () => (await seen('will-navigate')).length, { intervals: [5] }).toBe(attempt)
  }
  expect(page.url()).toBe('https://localhost/')
})

test('a popup is refused: the app is asked, the page gets null, no window stays', async ({ shared: { app, page, seen } }) => {
  expect(await page.evaluate(() => window.open('https://popup.example/one'))).toBeNull()
  await page.locator('#in-a-new-window').click()
  const asked = [['window-open', 'https://popup.example/one'], ['window-open', 'https://popup.example/']]
  await expect.poll(() => seen('window-open')).toEqual(asked)
  await expect.poll(() => app.windows().length).toBe(1)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('the protocol handler answers for every address, to the page, its workers and its frames', async ({ shared: { page } }) => {
  const refused = await page.evaluate(async () => {
    const response = await fetch('https://elsewhere.example/data')
    return [response.status, await response.text()]
  })
  expect(refused).toEqual([403, 'blocked'])
  const refusedInWorker = await page.evaluate(
    () => new Promise((resolve) => (new Worker('/worker.js').onmessage = ({ data }) => resolve(data))),
  )
  expect(refusedInWorker).toEqual([403, 'blocked'])
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://framed.example/' })))
  const frame = page.frameLocator('iframe')
  await expect(frame.locator('body')).toHaveText('blocked')
  expect(await frame.locator('body').evaluate(() => 'fixture' in window)).toBe(false)
  const posted = await page.evaluate(async () => (await fetch('/posted', { method: 'POST', body: 'ä body' })).text())
  expect(posted).toBe('POST ä body')
})

test('a reload gives the page a new preload and a new port', async ({ own: { page, seen } }) => {
  const before = await page.evaluate(() => window.fixture.askEngine({ at: 'before' }))
  await page.reload()
  const after = await page.evaluate(() => window.fixture.askEngine({ at: 'after' }))
  expect(after['pid']).toBe(before['pid'])
  // The old document's port was closed in the utility process.
  await expect.poll(async () => (await seen('engine-says')).filter(([, message]) => message === 'client-gone').length).toBe(1)
})

test('a renderer crash is reported, and the page comes back when it is loaded again', async ({ own: { app, seen } }) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await expect.poll(() => seen('render-process-gone')).toEqual([['render-process-gone', 'crashed']])
  await expect
    .poll(() =>
      app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        if (contents === undefined || contents.isCrashed() || contents.isLoading()) return 'not yet'
        return contents.executeJavaScript(`fixture.askEngine({}).then(({ by }) => document.title + ' and ' + by)`)
      }),
    )
    .toBe('Stand-in fixture and engine')
})

test('loadURL rejects when nothing can be loaded', async ({ own: { app } }) => {
  const outcome = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    return window?.loadURL('http://127.0.0.1:9/').then(() => 'loaded', (error: unknown) => String(error))
  })
  expect(outcome).toContain("loading 'http://127.0.0.1:9/'")
})

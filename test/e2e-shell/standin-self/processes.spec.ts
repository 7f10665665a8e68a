import { expect, type Page } from 'playwright/test'
import { test } from './fixture-launch.ts'

test('a port handed over by main joins the page and the utility process', async ({ own: { page, seen } }) => {
  const answer = await page.evaluate(() => window.fixture.askEngine({ question: 'who' }))
  expect(answer).toMatchObject({ question: 'who', by: 'engine' })
  expect(await seen('engine-says')).toEqual([['engine-says', { type: 'utility', argument: '--fixture' }]])
})

test('a port made by the page reaches main', async ({ shared: { page } }) => {
  expect(await page.evaluate(() => window.fixture.askMain({ question: 'who' }))).toMatchObject({ question: 'who', by: 'main' })
})

test('a burst over a port arrives whole and in time', async ({ shared: { page } }) => {
  const tookMs = await page.evaluate(async () => {
    const start = performance.now()
    await window.fixture.askEngine({ copies: 20_000 })
    return performance.now() - start
  })
  expect(tookMs).toBeLessThan(5_000)
})

test('a killed utility process closes its ports, is reported, and can start again', async ({ own: { app, page, seen } }) => {
  await page.evaluate(() => window.fixture.askEngine({}))
  const closed = page.evaluate(() => window.fixture.engineClosed())
  await app.evaluate(() => process.kill(globalThis.fixtureRecord.enginePid() ?? 0, 'SIGKILL'))
  expect(await closed).toBe('closed')
  expect(await seen('engine-exit')).toEqual([['engine-exit', 9]])
  expect(await seen('child-process-gone')).toEqual([['child-process-gone', 'Utility', 'killed', 'Fixture engine']])
  await app.evaluate(() => globalThis.fixtureRecord.startEngine())
  await page.reload()
  expect(await page.evaluate(() => window.fixture.askEngine({}))).toMatchObject({ by: 'engine' })
})

test('a second window has a port and a life of its own', async ({ shared: { app, page } }) => {
  const opened = app.waitForEvent('window')
  await page.evaluate(() => window.fixture.openWindow())
  const second = await opened
  await second.locator('h1').waitFor()
  expect(app.windows()).toHaveLength(2)
  expect(await second.evaluate(() => window.fixture.askEngine({ from: 'second' }))).toMatchObject({ from: 'second' })
  const idOf = async (each: Page) => (await app.browserWindow(each)).evaluate((window) => window.id)
  expect(await idOf(second)).not.toBe(await idOf(page))
  await second.close()
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(await page.evaluate(() => window.fixture.askEngine({ from: 'first' }))).toMatchObject({ from: 'first' })
})

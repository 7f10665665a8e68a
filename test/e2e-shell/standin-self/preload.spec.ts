import { expect } from 'playwright/test'
import { test } from './fixture-launch.ts'

test('a window opens with the size it was given and shows its page', async ({ shared: { app, page } }) => {
  await expect(page.locator('h1')).toHaveText('fixture')
  expect(page.url()).toBe('https://localhost/')
  expect(await page.evaluate(() => [innerWidth, innerHeight, isSecureContext])).toEqual([1100, 700, true])
  const window = await app.browserWindow(page)
  await expect.poll(() => window.evaluate((each) => [each.isVisible(), each.getTitle()])).toEqual([true, 'Stand-in fixture'])
  await window.evaluate((each) => each.setSize(2400, 1300))
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([2400, 1300])
})

test('the page sees what the preload exposes and nothing else of its world', async ({ shared: { page } }) => {
  expect(await page.evaluate(() => window.seenAtStart)).toEqual({ host: 'electron', reachable: [] })
  const process = await page.evaluate(() => window.fixture.process)
  expect(process).toEqual({ type: 'renderer', sandboxed: true, argv: ['--from-main'] })
})

test('what is exposed is frozen all the way down', async ({ shared: { page } }) => {
  const outcome = await page.evaluate(() => {
    const { list } = window.fixture.limits
    return [[window.fixture, list, list[2]].every(Object.isFrozen), Reflect.set(window, 'fixture', 1)]
  })
  expect(outcome).toEqual([true, false])
})

test('functions, promises, errors and callbacks cross the bridge', async ({ shared: { page } }) => {
  expect(await page.evaluate(() => window.fixture.sum(2, 3))).toBe(5)
  expect(await page.evaluate(() => window.fixture.later({ deep: [1] }))).toEqual({ deep: [1] })
  expect(await page.evaluate(() => window.fixture.callMeBack((word) => `${word}!`))).toBe('CALLED!')
  await expect(page.evaluate(() => window.fixture.explode())).rejects.toThrow('out of the preload')
  await expect(page.evaluate(() => window.fixture.refuse())).rejects.toThrow('refused by the preload')
  const counts = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const heard: number[] = []
        const stop = window.fixture.counter((count) => {
          heard.push(count)
          if (count < 3) return
          stop()
          setTimeout(() => resolve(heard), 50)
        })
      }),
  )
  expect(counts).toEqual([1, 2, 3])
})

test('a preload may require electron and three small modules', async ({ shared: { page } }) => {
  const ask = (id: string) => page.evaluate((each) => window.fixture.requireOutcome(each), id)
  expect(await Promise.all(['electron', 'events', 'node:timers', 'url'].map(ask))).toEqual(['found', 'found', 'found', 'found'])
  expect(await ask('node:fs')).toContain('module not found: node:fs')
  expect(await ask('./other.cjs')).toContain('module not found')
})

test('values keep their kind on the way to main and back', async ({ shared: { page } }) => {
  const outcome = await page.evaluate(async () => {
    const sent = {
      text: 'ä€\u2028😀',
      none: null,
      missing: undefined,
      big: 12345678901234567890n,
      when: new Date(5),
      odd: [NaN, -Infinity, -0],
      map: new Map([['a', { deep: new Set([1]) }]]),
      bytes: new Uint8Array([0, 255]),
      floats: new Float64Array([0.1]),
      $: 'dollar',
      nested: { $: { of: 1 } },
    }
    const back = await window.fixture.echo(sent)
    return {
      kinds: Object.entries(back).map(([key, value]) => `${key} ${Object.prototype.toString.call(value).slice(8, -1)}`),
      same: [back.text === sent.text, back.big === sent.big, back.when.getTime() === 5, Object.is(back.odd[2], -0)],
      odd: back.odd.map(String),
      deep: back.map.get('a')?.deep.has(1),
      numbers: [...back.bytes, ...back.floats],
      dollar: [back.$, back.nested],
    }
  })
  expect(outcome).toEqual({
    kinds: [
      'text String', 'none Null', 'missing Undefined', 'big BigInt', 'when Date', 'odd Array', 'map Map', 'bytes Uint8Array',
      'floats Float64Array', '$ String', 'nested Object',
    ],
    same: [true, true, true, true],
    odd: ['NaN', '-Infinity', '0'],
    deep: true,
    numbers: [0, 255, 0.1],
    dollar: ['dollar', { $: { of: 1 } }],
  })
})

test('a handler that throws rejects in the page with the sentence that Electron gives', async ({ shared: { page } }) => {
  const sentence = "Error invoking remote method 'fail': Error: refused by main"
  await expect(page.evaluate(() => window.fixture.failInMain())).rejects.toThrow(sentence)
})

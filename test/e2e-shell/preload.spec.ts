import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appFolder, expect, modeInTitle, onlyFull, test } from './desktop.ts'

/** What the preload says to a text that a page wants to send. */
const post = (text: unknown) => `(() => { try { window.ballast.post(${JSON.stringify(text)}); return 'sent' } catch (error) { return String(error.message) } })()`

test('the page has the preload’s face and nothing of Electron or Node', async ({ sharedDesktop: desktop }) => {
  const seen = await desktop.page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'].filter((name) => name in window),
    face: Object.keys(window.ballast ?? {}).toSorted(),
    isFrozen: Object.isFrozen(window.ballast),
    isFixed: Object.getOwnPropertyDescriptor(window, 'ballast')?.configurable === false,
  }))
  expect(seen).toEqual({ globals: [], face: ['close', 'connect', 'host', 'platform', 'post', 'shell'], isFrozen: true, isFixed: true })
})

test('only messages of the contract leave the page', async ({ sharedDesktop: desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  const refused = [
    JSON.stringify({ kind: 'call', id: 9, name: 'engine.explode', input: {} }),
    JSON.stringify({ kind: 'open', id: 9, name: '__proto__', input: {} }),
    JSON.stringify({ kind: 'welcome', id: 9, name: 'engine.ping' }),
    JSON.stringify({ kind: 'call', id: 9, name: 'engine.ping', input: { sent: 1, padding: 'x'.repeat(256 * 1024) } }),
    JSON.stringify(['call']),
    'null',
    'not JSON',
    17,
  ]
  for (const text of refused) expect(await desktop.page.evaluate(post(text)), String(text).slice(0, 60)).not.toBe('sent')
  expect(await desktop.page.evaluate(post(JSON.stringify({ kind: 'call', id: 999, name: 'engine.ping', input: { sent: 1 } })))).toBe('sent')
  // None of them cost the page its line.
  expect((await desktop.status()).clients).toBe(2)
})

test('a line that was asked for again takes the place of the one before', onlyFull, async ({ desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  const heard = await desktop.page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        const told: string[] = []
        const listen = (name: string) => ({
          opened: () => void told.push(`${name} opened`),
          message: () => {
            told.push(`${name} heard`)
            resolve(told)
          },
          closed: (cause: string) => void told.push(`${name} ${cause}`),
        })
        for (const name of ['first', 'second', 'third']) window.ballast?.connect(listen(name))
      }),
  )
  expect(heard).toEqual(['third opened', 'third heard'])
  await expect.poll(async () => (await desktop.status()).clients).toBe(2)
})

test('the built preload is small and carries no schemas', () => {
  const built = readFileSync(join(appFolder, 'out/preload/index.cjs'), 'utf8')
  expect(built.length).toBeLessThan(8_000)
  expect(built).not.toMatch(/zod|safeParse|discriminatedUnion/i)
  expect([...built.matchAll(/require\((.*?)\)/g)].map(([, name]) => name)).toEqual(['"electron"'])
})

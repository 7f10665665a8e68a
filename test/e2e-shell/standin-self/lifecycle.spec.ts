import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'playwright/test'
import { executable, fixtureApp, launchFixture, test } from './fixture-launch.ts'

function exitOf(child: ChildProcess): Promise<unknown> {
  return once(child, 'exit').then(([code, signal]) => code ?? signal)
}

async function outputOf({ stdout }: ChildProcess): Promise<string> {
  return stdout === null ? '' : text(stdout)
}

async function temporaryFoldersOf(pid: number | undefined): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`ballast-standin-${pid}-`))
}

/** Living processes with this text on their command line. */
function processesNaming(what: string): number {
  const lines = execFileSync('ps', ['-eo', 'args=']).toString().split('\n')
  return lines.filter((line) => line.includes(what)).length
}

test('quitting waits for the handshake with the utility process, exits with 0 and leaves nothing behind', async () => {
  const { app } = await launchFixture()
  const child = app.process()
  const output = outputOf(child)
  expect(await temporaryFoldersOf(child.pid)).toHaveLength(1)
  const exit = exitOf(child)
  await app.close()
  expect(await exit).toBe(0)
  expect(await output).toContain('quit with 0 after the engine left with 0')
  expect(await temporaryFoldersOf(child.pid)).toEqual([])
  // The one that cleans up after us sees that there is nothing to do, and goes too.
  await expect.poll(() => processesNaming(`ballast-standin-${child.pid}-`)).toBe(0)
})

test('closing the last window quits the app', async () => {
  const { app, page } = await launchFixture()
  const exit = exitOf(app.process())
  await page.close()
  expect(await exit).toBe(0)
})

test('a window that refuses to close keeps the app running', async ({ shared: { app } }) => {
  const outcome = await app.evaluate(async ({ app: electronApp, BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    let quits = 0
    electronApp.on('will-quit', () => quits++)
    window?.once('close', (event) => event.preventDefault())
    window?.close()
    await new Promise((resolve) => setTimeout(resolve, 100))
    return [window?.isDestroyed(), quits]
  })
  expect(outcome).toEqual([false, 0])
})

test('exit codes are those of app.exit, process.exit and a main script that fails', async () => {
  const first = await launchFixture()
  const firstExit = exitOf(first.app.process())
  void first.app.evaluate(({ app }) => app.exit(7)).catch(() => undefined)
  expect(await firstExit).toBe(7)
  const second = await launchFixture()
  const secondExit = exitOf(second.app.process())
  const secondOutput = outputOf(second.app.process())
  void second.app.evaluate(() => process.exit(3)).catch(() => undefined)
  expect(await secondExit).toBe(3)
  expect(await secondOutput).toContain('quit with 3')
  const broken = spawn(executable, [join(fixtureApp, 'icon.png')], { stdio: 'ignore' })
  expect(await exitOf(broken)).toBe(1)
})

test('a second instance is told so and leaves, and the first one hears of it', async ({}, testInfo) => {
  const userData = testInfo.outputPath('user-data')
  const { app, seen } = await launchFixture([`--user-data-dir=${userData}`])
  const second = spawn(executable, [fixtureApp, `--user-data-dir=${userData}`, '--second'], { stdio: 'ignore' })
  expect(await exitOf(second)).toBe(0)
  await expect.poll(() => seen('second-instance')).toEqual([['second-instance', '--second', 'number']])
  // The lock of an instance that was killed is worth nothing.
  const exit = exitOf(app.process())
  app.process().kill('SIGKILL')
  await exit
  const third = await launchFixture([`--user-data-dir=${userData}`])
  expect(await third.app.evaluate(({ app: electronApp }) => electronApp.hasSingleInstanceLock())).toBe(true)
  await third.app.close()
})

test('neither Chromium, nor the utility process, nor a file outlives a main process that is killed', async () => {
  const { app } = await launchFixture()
  const { pid } = app.process()
  const enginePid = await app.evaluate(() => globalThis.fixtureRecord.enginePid())
  expect(processesNaming(`ballast-standin-${pid}-`)).toBeGreaterThan(1)
  const exit = exitOf(app.process())
  app.process().kill('SIGKILL')
  expect(await exit).toBe('SIGKILL')
  await expect.poll(() => processesNaming(`ballast-standin-${pid}-`), { timeout: 4_000 }).toBe(0)
  await expect.poll(() => temporaryFoldersOf(pid), { timeout: 4_000 }).toEqual([])
  expect(() => process.kill(enginePid ?? 0, 0)).toThrow('ESRCH')
})

test('SIGTERM quits the app in good order', async () => {
  const { app } = await launchFixture()
  const exit = exitOf(app.process())
  app.process().kill('SIGTERM')
  expect(await exit).toBe(0)
})

test('an error that nobody caught does not end the app and is kept for the test', async ({ own: { app } }) => {
  await app.evaluate(() => void setTimeout(() => { throw new Error('lost') }, 0))
  await expect.poll(() => app.evaluate(() => globalThis.ballastStandin?.uncaughtErrors.join())).toContain('Error: lost')
})

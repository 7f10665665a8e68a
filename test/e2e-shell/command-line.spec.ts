import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, modeInTitle, test } from './desktop.ts'

const program = join(import.meta.dirname, '../../src-main/ballast.ts')

function ballast(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (part) => (output += String(part)))
    child.on('close', (code) => resolve({ code, output }))
  })
}

test('the command line sees the desktop app’s engine and halts it', async ({ desktop }) => {
  await expect(desktop.page).toHaveTitle(modeInTitle('active'))
  const { processId } = await desktop.status()
  const status = await ballast('status', '--json', '--home', desktop.home)
  expect(status.code).toBe(0)
  expect(JSON.parse(status.output)).toMatchObject({ mode: 'active', processId })
  expect((await ballast('halt', '--home', desktop.home)).code).toBe(0)
  await expect(desktop.page).toHaveTitle(modeInTitle('halted'))
})

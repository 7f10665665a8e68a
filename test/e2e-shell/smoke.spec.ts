import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { appFolder, electronProgram, expect, newHome, onlyFull, profileFolder, test } from './desktop.ts'

async function runSmoke(home: string): Promise<{ readonly code: unknown; readonly lines: readonly string[] }> {
  const child = spawn(electronProgram, [appFolder, '--smoke', `--user-data-dir=${home}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (part) => (output += String(part)))
  const [code] = await once(child, 'close')
  return { code, lines: output.trim().split('\n') }
}

let home: string
test.beforeEach(() => void (home = newHome()))
test.afterEach(() => rmSync(home, { recursive: true, force: true }))

test('the self-test goes through engine, line and halt, and says so in one line of JSON', async () => {
  const { code, lines } = await runSmoke(home)
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: true, mode: 'halted' })
  expect(code).toBe(0)
})

test('a self-test without an engine fails, and says why', onlyFull, async () => {
  const holder = spawn(process.execPath, [join(import.meta.dirname, '../fixtures/hold-lock.ts'), profileFolder(home)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  expect((await once(holder, 'message'))[0]).toBe('held')
  const { code, lines } = await runSmoke(home)
  holder.kill('SIGKILL')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: false, problem: expect.stringContaining('no engine') })
  expect(code).toBe(1)
})

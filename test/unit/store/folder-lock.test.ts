import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../src-main/store/index.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-lock-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

describe('the lock on a data folder', () => {
  it('is held by one, and free again when it is released', () => {
    const folder = join(home, 'demo')
    const first = lockFolder(folder)
    expect(first.ok).toBe(true)
    expect(lockFolder(folder)).toMatchObject({ ok: false, reason: 'folder-in-use' })
    if (first.ok) first.release()
    const again = lockFolder(folder)
    expect(again.ok).toBe(true)
    if (again.ok) again.release()
  })

  it('makes the folder for its owner alone', () => {
    const folder = join(home, 'made')
    const lock = lockFolder(folder)
    if (lock.ok) lock.release()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is a file for its owner alone', () => {
    const lock = lockFolder(join(home, 'made'))
    expect(statSync(join(home, 'made', 'lock.db')).mode & 0o777).toBe(0o600)
    // Looking at it a second time lets nobody else in.
    expect(lockFolder(join(home, 'made'))).toMatchObject({ ok: false, reason: 'folder-in-use' })
    if (lock.ok) lock.release()
  })

  it('says when the folder cannot be one', () => {
    writeFileSync(join(home, 'a-file'), '')
    expect(lockFolder(join(home, 'a-file'))).toMatchObject({ ok: false, reason: 'folder-unusable' })
  })

  it('is let go by the system when its holder is killed', async () => {
    const folder = join(home, 'demo')
    const program = join(import.meta.dirname, '../../fixtures/hold-lock.ts')
    const holder = fork(program, [folder], { execArgv: ['--disable-warning=ExperimentalWarning'] })
    await new Promise((resolve) => holder.once('message', resolve))
    expect(lockFolder(folder)).toMatchObject({ ok: false, reason: 'folder-in-use' })
    holder.kill('SIGKILL')
    await new Promise((resolve) => holder.once('exit', resolve))
    const lock = lockFolder(folder)
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.release()
  })
})

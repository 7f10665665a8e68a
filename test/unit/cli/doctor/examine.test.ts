import { describe, expect, it } from 'vitest'
import { checkNames, examine, well, type Check, type Patient } from '../../../../src-main/cli/doctor/check.ts'
import { checks } from '../../../../src-main/cli/doctor/checks.ts'
import { fakeProgram } from '../fake-surroundings.ts'

const patient: Patient = {
  env: {},
  platform: 'linux',
  profile: { name: 'demo', kind: 'demo', folder: '/nowhere', port: 0 },
  program: fakeProgram(() => Promise.reject(new Error('no engine here'))),
  engine: Promise.resolve({ kind: 'none' }),
}

const check = (gravity: Check['gravity'], look: Check['examine']): Check => ({ name: 'clock', gravity, examine: look })

describe('one check', () => {
  it('is what it found', async () => {
    const finding = well('cli.doctor.lock.free')
    expect(await examine(check('fail', () => finding), patient, 1_000)).toBe(finding)
  })

  it('that throws is as grave as it may be, and the others go on', async () => {
    const broken = { detail: { key: 'cli.doctor.broken', parameters: { detail: 'EIO' } } }
    const thrower = (): never => {
      throw new Error('EIO')
    }
    expect(await examine(check('fail', thrower), patient, 1_000)).toEqual({ state: 'fail', ...broken })
    expect(await examine(check('warn', () => Promise.reject(new Error('EIO'))), patient, 1_000)).toEqual({ state: 'warn', ...broken })
  })

  it('that does not come back is given up at its deadline', async () => {
    const began = performance.now()
    expect(await examine(check('warn', () => new Promise(() => undefined)), patient, 30)).toEqual({
      state: 'warn',
      detail: { key: 'cli.doctor.late', parameters: { deadlineMs: 30 } },
    })
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('is there for every name, once', () => {
    expect(checks.map(({ name }) => name).sort()).toEqual([...checkNames].sort())
  })

  it('only warns about comfort when it is broken', () => {
    const comfort = checks.filter(({ gravity }) => gravity === 'warn').map(({ name }) => name)
    expect(comfort).toEqual(expect.arrayContaining(['keychain', 'browser', 'display', 'electron', 'page']))
    expect(comfort).not.toContain('database')
    expect(comfort).not.toContain('lock')
  })
})

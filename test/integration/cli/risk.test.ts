import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BallastHome } from './ballast-process.ts'

let home: BallastHome
beforeEach(() => {
  home = new BallastHome()
})
afterEach(() => home.dispose())

describe('ballast risk', () => {
  it('finds nothing wrong with the policy that comes with Ballast', async () => {
    expect(await home.json('risk', 'check', join(import.meta.dirname, '../../../resources/risk_policy.yaml'))).toEqual({ ok: true, errors: [] })
  })

  it('ends with 1 for a policy with a fault, 2 for a file that is not there, and changes nothing', async () => {
    const file = join(home.folder, 'policy.yaml')
    writeFileSync(file, 'version: 1\nlosses: {dailyMax: 5}\n')
    const answer = await home.ballast('risk', 'check', file, '--json')
    expect({ ...answer, stdout: JSON.parse(answer.stdout) as unknown }).toEqual({
      exitCode: 1, stderr: '',
      stdout: { ok: false, errors: [{ line: 2, column: 20, path: 'losses.dailyMax', reason: 'losses.dailyMax: expected a percentage with its sign such as 5 %, was “5”.' }] },
    })
    expect(await home.ballast('risk', 'check', `${file}x`)).toMatchObject({ exitCode: 2, stdout: '' })
  })

  it('shows the standard limits of a profile that has no policy yet', async () => {
    expect(await home.json('risk', 'show')).toMatchObject({ source: 'standard', currency: 'USD', windowsUtc: 'always', waiting: [] })
  })
})

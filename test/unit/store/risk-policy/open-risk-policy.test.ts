import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rawOf } from '../../../../src-main/base/index.ts'
import { policySchemaName, standardPolicyIn, standardPolicyText } from '../../../../src-main/risk-policy/index.ts'
import { inForcePath, openRiskPolicy, riskPolicyPath, type OpenedRiskPolicy, type RiskPolicyEvent } from '../../../../src-main/store/risk-policy/index.ts'

let folder: string
let opened: OpenedRiskPolicy | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-policy-'))
})
afterEach(async () => {
  await opened?.dispose()
  opened = undefined
  rmSync(folder, { recursive: true, force: true })
})

const open = async (): Promise<OpenedRiskPolicy> => {
  await opened?.dispose()
  opened = await openRiskPolicy({ folder, currency: 'USD', now: () => 7, pollMs: 20, settleMs: 20 })
  return opened
}
const write = (lines: string): void => writeFileSync(riskPolicyPath(folder), `version: 1\ncurrency: USD\n${lines}`)
const notional = ({ inForce }: OpenedRiskPolicy): number => rawOf(inForce.values['order.notionalMax']) / 1_000_000

describe('the risk policy of a profile', () => {
  it('is the standard in a new one, in a file with its schema beside it', async () => {
    const { inForce, waiting, problems } = await open()
    expect({ inForce, waiting, problems }).toEqual({ inForce: standardPolicyIn('USD'), waiting: [], problems: [] })
    expect(readFileSync(riskPolicyPath(folder), 'utf8')).toBe(standardPolicyText('USD'))
    expect(existsSync(join(folder, policySchemaName))).toBe(true)
  })

  it('is tightened by the file at once, and keeps the comments of the file', async () => {
    const policy = await open()
    const events: RiskPolicyEvent[] = []
    policy.onChange((event) => events.push(event))
    const text = standardPolicyText('USD').replace('notionalMax: 1000', 'notionalMax: 400 # careful')
    writeFileSync(riskPolicyPath(folder), text)
    await vi.waitFor(() => expect(events).toHaveLength(1), 3_000)
    expect(events[0]).toEqual({ at: 7, applied: [{ path: 'order.notionalMax', old: '1000', new: '400', loosens: false }], waiting: [], problems: [] })
    expect(notional(policy)).toBe(400)
    expect(readFileSync(riskPolicyPath(folder), 'utf8')).toBe(text)
  })

  it('is not loosened by the file, also not over a restart, until it is approved', async () => {
    await open()
    write('order: {notionalMax: 5000}\n')
    const again = await open()
    expect(again.waiting).toEqual([{ path: 'order.notionalMax', old: '1000', new: '5000', loosens: true }])
    expect(notional(again)).toBe(1_000)
    expect(await again.approve(again.revision)).toEqual({ ok: true, changes: [{ path: 'order.notionalMax', old: '1000', new: '5000', loosens: true }] })
    expect([notional(again), again.waiting]).toEqual([5_000, []])
    expect(notional(await open())).toBe(5_000)
  })

  it('is not loosened by a file that was there before the first start', async () => {
    write('order: {notionalMax: 5000, openMax: 3}\n')
    const policy = await open()
    expect([notional(policy), policy.inForce.values['order.openMax']]).toEqual([1_000, 3])
    expect(policy.appliedAtStart.map(({ path }) => path)).toEqual(['order.openMax'])
  })

  it('counts as the standard where what was in force cannot be known', async () => {
    const first = await open()
    write('order: {notionalMax: 5000}\n')
    await first.refresh()
    await first.approve(first.revision)
    writeFileSync(inForcePath(folder), 'not: [a policy')
    expect(notional(await open())).toBe(1_000)
  })

  it('stays in force while the file has a fault, also over a restart', async () => {
    const policy = await open()
    write('order: {notionalMax: 400}\n')
    await policy.refresh()
    write('order: {notionalMax: 0}\nexposure: {grossMax: 5}\n')
    await policy.refresh()
    expect(policy.problems).toMatchObject([{ line: 3, column: 22, path: 'order.notionalMax', code: 'not-positive' }])
    expect([notional(policy), rawOf(policy.inForce.values['exposure.grossMax'])]).toEqual([400, 20_000_000_000])
    const again = await open()
    expect([notional(again), again.problems.length]).toEqual([400, 1])
  })

  it('stays in force when the file is gone, which is told', async () => {
    const policy = await open()
    write('order: {notionalMax: 400}\n')
    await policy.refresh()
    rmSync(riskPolicyPath(folder))
    const again = await open()
    expect([notional(again), again.problems.map(({ code }) => code)]).toEqual([400, ['file-missing']])
    expect(existsSync(riskPolicyPath(folder))).toBe(false)
  })

  it('is not approved where the file was changed since it was seen, or has a fault', async () => {
    const policy = await open()
    write('order: {notionalMax: 5000}\n')
    await policy.refresh()
    const seen = policy.revision
    write('order: {notionalMax: 50000}\n')
    expect(await policy.approve(seen)).toEqual({ ok: false, reason: 'asked-otherwise' })
    expect(policy.waiting).toMatchObject([{ new: '50000' }])
    write('order: {notionalMax: x}\n')
    await policy.refresh()
    expect(await policy.approve(policy.revision)).toEqual({ ok: false, reason: 'asked-otherwise' })
    expect(notional(policy)).toBe(1_000)
  })

  it('is tightened also where it cannot be written down, and not loosened then', async () => {
    const policy = await open()
    rmSync(inForcePath(folder))
    // A folder in its place: no file can be renamed over it.
    mkdirSync(join(inForcePath(folder), 'in-the-way'), { recursive: true })
    write('order: {notionalMax: 400, openMax: 900}\n')
    await policy.refresh()
    expect([notional(policy), policy.problems.map(({ code }) => code)]).toEqual([400, ['file-unwritable']])
    expect(await policy.approve(policy.revision)).toEqual({ ok: false, reason: 'not-written' })
    expect(policy.inForce.values['order.openMax']).toBe(400)
  })
})

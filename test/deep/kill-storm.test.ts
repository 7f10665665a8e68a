import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { startHeadless } from '../../src-main/headless.ts'
import { findProfile, type Supervised } from '../../src-main/supervisor/index.ts'
import type { createRestartPolicy } from '../../src-main/supervisor/restart-policy.ts'

/** How many engines are killed; each at another moment of its start or life. */
const kills = process.env['BALLAST_DEEP'] === undefined ? 5 : 100

vi.mock('../../src-main/supervisor/restart-policy.ts', () => ({
  // The storm has more crashes than the policy forgives.
  createRestartPolicy: (): ReturnType<typeof createRestartPolicy> => ({ afterCrash: () => 50, forgive: () => undefined }),
}))

const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0)
    return true
  } catch {
    return false
  }
}

it(`an engine that is killed ${kills} times comes back each time, alone and in starting`, async () => {
  const home = mkdtempSync(join(tmpdir(), 'ballast-storm-'))
  const profile = findProfile(home, 'demo')
  if (profile === undefined) throw new Error('no demo profile')
  const engineEntry = join(import.meta.dirname, '../../src-main/engine-child.ts')
  const started = await startHeadless({ profile, port: 0, engineEntry, mayServeClosed: false, assets: { read: async () => undefined } })
  if (!started.ok) throw new Error(started.reason)
  const { supervisor } = started.headless
  const states: Supervised[] = []
  const processIds = new Set<number>()
  supervisor.onState((state) => states.push(state))
  for (let kill = 0; kill < kills; kill++) {
    await vi.waitFor(() => expect(supervisor.state.kind).toBe('running'), 10_000)
    const processId = supervisor.engineProcessId
    if (processId === undefined) throw new Error('a running engine has a process')
    processIds.add(processId)
    await new Promise((resolve) => setTimeout(resolve, (kill * 37) % 90))
    process.kill(processId, 'SIGKILL')
    await vi.waitFor(() => expect(isAlive(processId)).toBe(false), 5_000)
  }
  await vi.waitFor(() => expect(supervisor.state.kind).toBe('running'), 10_000)
  expect(processIds.size).toBe(kills)
  const modes = states.flatMap((state) => (state.kind === 'running' ? [state.state.mode] : []))
  // Killed within a tenth of a second, few of them get as far as a clean round; whoever does has begun in starting.
  expect(modes).toContain('starting')
  expect(modes.filter((mode) => mode !== 'starting' && mode !== 'active')).toEqual([])
  await started.headless.stop()
  rmSync(home, { recursive: true, force: true })
}, 120_000 + kills * 3_000)

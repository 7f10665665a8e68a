import type { LooseParameters } from '../../../src-preload/contract/text/index.ts'
import type { Profile } from '../../supervisor/index.ts'
import type { Program } from '../program.ts'
import type { CliKey, Phrase } from '../speech.ts'

export const checkNames = [
  'node', 'platform', 'data-folder', 'folder-mode', 'disk-space', 'disk-local', 'lock', 'database', 'keychain', 'browser', 'display',
  'electron', 'page', 'port', 'clock', 'engine',
] as const
export type CheckName = (typeof checkNames)[number]

export const checkStates = ['ok', 'warn', 'fail'] as const
export type CheckState = (typeof checkStates)[number]

/** One thing that can be well or not. Looking never changes anything. */
export interface Check {
  readonly name: CheckName
  /** What it counts as when the check itself does not get through: comfort only warns. */
  readonly gravity: 'warn' | 'fail'
  examine(patient: Patient): Promise<Finding> | Finding
}

/** What the checks look at. */
export interface Patient {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly profile: Profile
  readonly program: Program
  /** Asked once, however many checks want to know. */
  readonly engine: Promise<EngineSign>
}

export type EngineSign =
  | { readonly kind: 'none' }
  | { readonly kind: 'answers'; readonly port: number; readonly processId: number; readonly version: string }
  | { readonly kind: 'silent'; readonly sentence: string }

export interface Finding {
  readonly state: CheckState
  readonly detail: Phrase
  /** What to do about it. */
  readonly fix?: Phrase
}

export const well = (key: CliKey, parameters: LooseParameters = {}): Finding => ({ state: 'ok', detail: { key, parameters } })

export const unwell = (state: 'warn' | 'fail', key: CliKey, parameters: LooseParameters, fix: CliKey): Finding => ({
  state,
  detail: { key, parameters },
  fix: { key: fix, parameters },
})

/** Waits no longer than told, and turns whatever goes wrong into a finding. */
export async function examine(check: Check, patient: Patient, deadlineMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding>((resolve) => {
    const detail: Phrase = { key: 'cli.doctor.late', parameters: { deadlineMs } }
    timer = setTimeout(() => resolve({ state: check.gravity, detail }), deadlineMs)
  })
  try {
    return await Promise.race([Promise.resolve().then(() => check.examine(patient)), late])
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { state: check.gravity, detail: { key: 'cli.doctor.broken', parameters: { detail } } }
  } finally {
    clearTimeout(timer)
  }
}

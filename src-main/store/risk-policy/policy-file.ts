import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fail, ok } from '../../base/index.ts'
import {
  policyBytesMax, policySchemaName, policySchemaText, policyText, problemWithoutPlace, readPolicyBytes, standardPolicyText,
  type PolicyProblem, type ReadPolicy, type RiskPolicy,
} from '../../risk-policy/index.ts'
import { readInTime } from '../settings/read-in-time.ts'
import { writeWhole } from '../settings/whole-file.ts'

export const riskPolicyPath = (folder: string): string => join(folder, 'risk_policy.yaml')
/** Written by the program alone: what is in force, so that a restart neither loosens nor forgets. */
export const inForcePath = (folder: string): string => join(folder, 'risk_policy.in-force.yaml')

export interface PolicyLook {
  /** Of the text; empty where there is none. */
  readonly revision: string
  readonly read: ReadPolicy
}

/** Long for a disk, short for whoever waits for a start. */
const readMsMax = 2_000

export async function lookAtPolicy(path: string): Promise<PolicyLook> {
  const read = await readInTime(path, { bytesMax: policyBytesMax, waitMs: readMsMax })
  if (read.ok) return { revision: createHash('sha256').update(read.bytes).digest('hex').slice(0, 32), read: readPolicyBytes(textOf(read.bytes)) }
  if (read.reason === 'too-large') return { revision: '', read: readPolicyBytes(fail('too-large')) }
  const problem = read.reason === 'missing' ? problemWithoutPlace('file-missing') : problemWithoutPlace('file-unreadable', { detail: read.reason === 'refused' ? read.cause : read.reason })
  return { revision: '', read: { ok: false, problems: [problem] } }
}

function textOf(bytes: Uint8Array): Parameters<typeof readPolicyBytes>[0] {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return fail('not-text')
  }
}

export const isMissingPolicy = ({ read }: PolicyLook): boolean => !read.ok && read.problems.some(({ code }) => code === 'file-missing')

/** The file as it is made the first time, with its schema beside it for the editor. */
export async function makePolicyFile(folder: string, currency: string): Promise<PolicyProblem | undefined> {
  return (await written(join(folder, policySchemaName), policySchemaText())) ?? written(riskPolicyPath(folder), standardPolicyText(currency))
}

export const keepInForce = (folder: string, policy: RiskPolicy): Promise<PolicyProblem | undefined> => written(inForcePath(folder), policyText(policy))

async function written(path: string, text: string): Promise<PolicyProblem | undefined> {
  try {
    await writeWhole(path, text)
    return undefined
  } catch (error) {
    return problemWithoutPlace('file-unwritable', { detail: error instanceof Error && 'code' in error ? String(error.code) : String(error) })
  }
}

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/index.ts'
import { standardSettingsText } from './describe-settings.ts'
import { editSettings, type SettingsPatch } from './edit-settings.ts'
import { readInTime } from './read-in-time.ts'
import { readSettings, readSettingsBytes, settingsBytesMax } from './read-settings.ts'
import { changesBetween, type SettingChange } from './setting-changes.ts'
import type { Settings } from './settings-schema.ts'
import { problemWithoutPlace, type SettingsProblem } from './settings-problem.ts'
import { writeWhole } from './whole-file.ts'

export const settingsPath = (folder: string): string => join(folder, 'settings.yaml')
export const lastGoodPath = (folder: string): string => join(folder, 'settings.last-good.yaml')

/** One look at the file. */
export interface SettingsLook {
  readonly revision: string
  readonly read: Result<{ readonly settings: Settings; readonly text: string }, readonly SettingsProblem[]>
}

export type EditedSettings =
  | { readonly ok: true; readonly revision: string; readonly changes: readonly SettingChange[] }
  /** Somebody else changed the file: look again, then ask again. */
  | { readonly ok: false; readonly reason: 'edited-meanwhile'; readonly revision: string }
  /** `refused`: a value is wrong. `file-has-problems`: what is in it would be lost. Nothing was changed. */
  | { readonly ok: false; readonly reason: 'refused' | 'file-has-problems'; readonly problems: readonly SettingsProblem[] }
  | { readonly ok: false; readonly reason: 'not-written'; readonly detail: string }

/** For a file that is not there. */
export const noRevision = ''

export async function lookAt(path: string): Promise<SettingsLook> {
  const bytes = await readBytes(path)
  if (!bytes.ok) return { revision: noRevision, read: bytes }
  const revision = createHash('sha256').update(bytes.value).digest('hex').slice(0, 32)
  const text = readSettingsBytes(bytes.value)
  if (!text.ok) return { revision, read: text }
  const settings = readSettings(text.value)
  return { revision, read: settings.ok ? ok({ settings: settings.value, text: text.value }) : settings }
}

/** What was in force the last time: `unknown` where it may have been kept and cannot be read now. */
export type LastGood = { readonly settings: Settings; readonly text: string } | 'none' | 'unknown'

export function lastGoodOf({ read }: SettingsLook): LastGood {
  if (read.ok) return read.value
  return read.error.some(({ code }) => code === 'file-silent' || code === 'file-unreadable') ? 'unknown' : 'none'
}

export const isSilent = ({ read }: SettingsLook): boolean => !read.ok && read.error.some(({ code }) => code === 'file-silent')

export const isMissing = ({ revision, read }: SettingsLook): boolean =>
  revision === noRevision && !read.ok && read.error[0]?.code === 'file-missing'

export interface WriteLimit {
  /** How long a disk that takes nothing is waited for. */
  readonly writeMs?: number
}

/** Keeps what is in force for the next start; tells why it could not. */
export async function keepLastGood(folder: string, text: string, limit: WriteLimit = {}): Promise<SettingsProblem | undefined> {
  return written(lastGoodPath(folder), text, limit)
}

/** The file as it is made the first time, or made again. */
export async function makeFile(folder: string, text: string = standardSettingsText(), limit: WriteLimit = {}): Promise<SettingsProblem | undefined> {
  return written(settingsPath(folder), text, limit)
}

async function written(path: string, text: string, limit: WriteLimit): Promise<SettingsProblem | undefined> {
  try {
    await writeInTime(path, text, limit)
    return undefined
  } catch (error) {
    return problemWithoutPlace('file-unwritable', `The settings could not be written: ${causeOf(error)}.`)
  }
}

export interface EditOptions extends WriteLimit {
  /** What is edited where there is no file; without it, there has to be one. */
  readonly textIfMissing?: string | undefined
}

export async function edit(folder: string, patch: SettingsPatch, expectedRevision: string, options: EditOptions = {}): Promise<EditedSettings> {
  const path = settingsPath(folder)
  const before = await lookAt(path)
  if (before.revision !== expectedRevision) return { ok: false, reason: 'edited-meanwhile', revision: before.revision }
  const old = isMissing(before) && options.textIfMissing !== undefined ? readSettings(options.textIfMissing) : before.read
  if (!old.ok) return { ok: false, reason: 'file-has-problems', problems: old.error }
  const { text: oldText, settings } = 'text' in old.value ? old.value : { text: options.textIfMissing ?? '', settings: old.value }
  const text = editSettings(oldText, patch)
  const after = readSettings(text)
  if (!after.ok) return { ok: false, reason: 'refused', problems: after.error }
  try {
    const isWritten = await writeInTime(path, text, options, async () => (await lookAt(path)).revision === expectedRevision)
    if (!isWritten) return { ok: false, reason: 'edited-meanwhile', revision: (await lookAt(path)).revision }
  } catch (error) {
    return { ok: false, reason: 'not-written', detail: causeOf(error) }
  }
  return { ok: true, revision: (await lookAt(path)).revision, changes: changesBetween(settings, after.value) }
}

const writeMsMax = 5_000
/** Of the same file one write at a time: a late one must not take the place of what came after it. */
const hanging = new Set<string>()

/** A disk that hangs must not hold up a start. What comes too late is not put in place. */
async function writeInTime(
  path: string, text: string, { writeMs = writeMsMax }: WriteLimit, stillAsExpected = (): Promise<boolean> => Promise.resolve(true),
): Promise<boolean> {
  if (hanging.has(path)) throw new Error(silentDisk)
  let isLate = false
  const writing = writeWhole(path, text, async () => !isLate && (await stillAsExpected()) && !isLate)
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    isLate = true
    hanging.add(path)
    const goOn = (): void => void hanging.delete(path)
    writing.then(goOn, goOn)
    reject(new Error(silentDisk))
  }, writeMs)
  try {
    return await Promise.race([writing, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Long for a disk, short for whoever waits for a start. */
const readMsMax = 2_000

async function readBytes(path: string): Promise<Result<Uint8Array, readonly SettingsProblem[]>> {
  const read = await readInTime(path, { bytesMax: settingsBytesMax, waitMs: readMsMax })
  if (read.ok) return ok(read.bytes)
  switch (read.reason) {
    case 'missing':
      return fail([problemWithoutPlace('file-missing', 'The file settings.yaml is gone.')])
    case 'too-large':
      return fail([problemWithoutPlace('too-large', 'Expected a file of at most 64 KB.')])
    case 'no-file':
      return fail([problemWithoutPlace('file-unreadable', 'What is called settings.yaml is no file.')])
    case 'silent':
      return fail([problemWithoutPlace('file-silent', 'The disk that settings.yaml is on does not answer.')])
    case 'refused':
      return fail([problemWithoutPlace('file-unreadable', `The file settings.yaml could not be read: ${read.cause}.`)])
  }
}

const silentDisk = 'the disk does not answer'

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}

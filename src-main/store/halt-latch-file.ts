import { readFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Actor, EngineMode, ModeState } from '../domain/index.ts'
import type { HaltLatch } from '../ports/index.ts'

const retryMs = 1_000

/** A small file beside the database. Each write is whole: another file, flushed, renamed over the first, folder flushed. */
export function createHaltLatchFile(folder: string, onTrouble: (error: unknown) => void): HaltLatch {
  const path = join(folder, 'halt.latch')
  let settled: Promise<void> = Promise.resolve()
  let retry: NodeJS.Timeout | undefined
  /** What is to stand there, whatever was asked before: a late try of an older wish must not undo a newer one. */
  let wanted: ModeState | undefined
  const write = (): Promise<void> => (wanted === undefined ? rm(path, { force: true }) : replaceFile(path, JSON.stringify(wanted)))
  /** Tried until it is on the disk: a stop that is not written would not outlive this process. */
  const inTurn = (isRetried: boolean): void => {
    clearTimeout(retry)
    settled = settled.then(write).then(
      () => clearTimeout(retry),
      (error: unknown) => {
        if (!isRetried) onTrouble(error)
        clearTimeout(retry)
        retry = setTimeout(() => inTurn(true), retryMs)
        retry.unref()
      },
    )
  }
  const want = (state: ModeState | undefined): void => {
    wanted = state
    inTurn(false)
  }
  return {
    keep: (state) => want(state),
    drop: () => want(undefined),
    read: () => readLatch(path),
    settled: () => settled,
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.next`
  const file = await open(next, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
  await flushFolder(dirname(path))
}

async function flushFolder(folder: string): Promise<void> {
  // Windows has no way to flush a folder, and needs none.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const modes: readonly EngineMode[] = ['halted', 'killed']
const actors: readonly Actor[] = ['hand', 'cli', 'tray', 'hotkey', 'signal', 'engine']

function readLatch(path: string): ModeState | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    return unreadable
  }
  return parseLatch(text) ?? unreadable
}

/** Somebody meant to stop: that the words are lost does not make it undone. */
const unreadable: ModeState = { mode: 'halted', since: 0, reason: 'the halt latch could not be read', actor: 'engine' }

function parseLatch(text: string): ModeState | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { mode, since, reason, actor } = value as Partial<Record<keyof ModeState, unknown>>
  const knownMode = modes.find((known) => known === mode)
  const knownActor = actors.find((known) => known === actor)
  if (knownMode === undefined || knownActor === undefined) return undefined
  if (typeof since !== 'number' || typeof reason !== 'string') return undefined
  return { mode: knownMode, since, reason: reason.slice(0, 200), actor: knownActor }
}

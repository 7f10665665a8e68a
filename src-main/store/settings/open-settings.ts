import { isDeepStrictEqual } from 'node:util'
import type { SettingsPatch } from './edit-settings.ts'
import type { OpenedSettings, SettingsEvent } from './settings.ts'
import {
  edit, keepLastGood, lastGood, lookAt, makeFile, noRevision, settingsPath, type EditedSettings, type SettingsLook,
} from './settings-file.ts'
import { changesBetween, type SettingChange } from './setting-changes.ts'
import { standardSettings, type Settings } from './settings-schema.ts'
import type { SettingsProblem } from './settings-problem.ts'
import { watchFile } from './watch-file.ts'

export interface OpenSettingsOptions {
  /** The folder of the profile. */
  readonly folder: string
  /** Milliseconds UTC. */
  readonly now: () => number
  readonly pollMs?: number
  /** Editors write in several steps: for so long the file has to stay the same before it counts. */
  readonly settleMs?: number
}

/**
 * Reads the settings of a profile and follows the file. It never fails: where the file cannot be read, what was in force the
 * last time is in force, and else the standard.
 *
 * Invariants:
 * 1. Settings with a fault are never in force, not even those of their values that are right.
 * 2. What is in force is replaced only by a file that is right from end to end, and outlives a restart.
 * 3. A change by the program is written only into the text that was seen, and is there whole or not at all.
 */
export async function openSettings(options: OpenSettingsOptions): Promise<OpenedSettings> {
  const { folder } = options
  const before = await lastGood(folder)
  let look = await lookAt(settingsPath(folder))
  const unwritten: SettingsProblem[] = []
  if (look.revision === noRevision && !look.read.ok && look.read.error[0]?.code === 'file-missing') {
    const problem = await makeFile(folder, before?.text)
    if (problem !== undefined) unwritten.push(problem)
    else look = await lookAt(settingsPath(folder))
  }
  if (look.read.ok && look.read.value.text !== before?.text) {
    const problem = await keepLastGood(folder, look.read.value.text)
    if (problem !== undefined) unwritten.push(problem)
  }
  const current = look.read.ok ? look.read.value.settings : (before?.settings ?? standardSettings)
  return new SettingsFollower(options, {
    current,
    revision: look.revision,
    problems: [...(unwritten.length === 0 && !look.read.ok ? look.read.error : []), ...unwritten],
    changedWhileAway: before === undefined ? [] : changesBetween(before.settings, current),
  })
}

interface Start {
  readonly current: Settings
  readonly revision: string
  readonly problems: readonly SettingsProblem[]
  readonly changedWhileAway: readonly SettingChange[]
}

class SettingsFollower implements OpenedSettings {
  readonly changedWhileAway: readonly SettingChange[]
  readonly #options: OpenSettingsOptions
  readonly #listeners = new Set<(event: SettingsEvent) => void>()
  readonly #stopWatching: () => void
  #current: Settings
  #revision: string
  #problems: readonly SettingsProblem[]
  #isFollowing = false
  #isDisposed = false
  #settling: NodeJS.Timeout | undefined
  /** One look or change after the other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: OpenSettingsOptions, start: Start) {
    this.#options = options
    this.#current = start.current
    this.#revision = start.revision
    this.#problems = start.problems
    this.changedWhileAway = start.changedWhileAway
    const { folder, pollMs = 2_000 } = options
    this.#stopWatching = watchFile({ path: settingsPath(folder), pollMs }, () => void this.#follow())
  }

  get current(): Settings {
    return this.#current
  }

  get revision(): string {
    return this.#revision
  }

  get problems(): readonly SettingsProblem[] {
    return this.#problems
  }

  onChange(listener: (event: SettingsEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(patch: SettingsPatch, expectedRevision: string): Promise<EditedSettings> {
    return this.#inTurn(async () => {
      const edited = await edit(this.#options.folder, patch, expectedRevision)
      await this.#take(await lookAt(settingsPath(this.#options.folder)))
      return edited
    })
  }

  refresh(): Promise<void> {
    return this.#inTurn(async () => this.#takeNews(await lookAt(settingsPath(this.#options.folder))))
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    this.#stopWatching()
    clearTimeout(this.#settling)
    this.#listeners.clear()
    await this.#turn
  }

  /** Half of a file may be right too, and mean something else: what is read counts when it is the same a while later. */
  async #follow(): Promise<void> {
    if (this.#isFollowing) return
    this.#isFollowing = true
    const path = settingsPath(this.#options.folder)
    let seen = await lookAt(path)
    while (!this.#isDisposed && this.#isNews(seen)) {
      await this.#settle()
      const look = await lookAt(path)
      if (look.revision === seen.revision) {
        await this.#inTurn(() => this.#takeNews(look))
        break
      }
      seen = look
    }
    this.#isFollowing = false
  }

  #settle(): Promise<void> {
    return new Promise((resolve) => {
      this.#settling = setTimeout(resolve, this.#options.settleMs ?? 200).unref()
    })
  }

  #isNews({ revision, read }: SettingsLook): boolean {
    return revision !== this.#revision || (!read.ok && !isDeepStrictEqual(read.error, this.#problems))
  }

  async #takeNews(look: SettingsLook): Promise<void> {
    if (this.#isNews(look)) await this.#take(look)
  }

  async #take({ revision, read }: SettingsLook): Promise<void> {
    this.#revision = revision
    const problems: SettingsProblem[] = read.ok ? [] : [...read.error]
    const settings = read.ok ? read.value.settings : this.#current
    if (read.ok) {
      const problem = await keepLastGood(this.#options.folder, read.value.text)
      if (problem !== undefined) problems.push(problem)
    }
    const changes = changesBetween(this.#current, settings)
    const isToldOf = changes.length > 0 || !isDeepStrictEqual(problems, this.#problems)
    this.#current = settings
    this.#problems = problems
    if (!isToldOf) return
    for (const listener of this.#listeners) listener({ at: this.#options.now(), changes, problems })
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work)
    // Whoever asked hears of a failure; whoever is next does not.
    this.#turn = done.catch(() => undefined)
    return done
  }
}

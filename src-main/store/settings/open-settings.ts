import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { SettingsPatch } from './edit-settings.ts'
import { readSettings } from './read-settings.ts'
import type { OpenedSettings, SettingsEvent } from './settings.ts'
import {
  edit, isMissing, isSilent, keepLastGood, lastGoodOf, lastGoodPath, lookAt, makeFile, settingsPath, type EditedSettings, type SettingsLook,
} from './settings-file.ts'
import { changesBetween, type SettingChange } from './setting-changes.ts'
import { flatten } from './setting-values.ts'
import { withRemembered } from './remembered-settings.ts'
import { standardSettings, type Settings } from './settings-schema.ts'
import { problemWithoutPlace, type SettingsProblem } from './settings-problem.ts'
import { watchFile } from './watch-file.ts'

export interface OpenSettingsOptions {
  /** The folder of the profile. */
  readonly folder: string
  /** Milliseconds UTC. */
  readonly now: () => number
  readonly pollMs?: number
  /** Editors write in several steps: for so long the file has to stay the same before it counts. */
  readonly settleMs?: number
  /** How long a disk that does not answer is waited for at the start. */
  readonly patienceMs?: number
  /** How long a disk that takes nothing is waited for. */
  readonly writeMs?: number
  /** How a file is looked at. */
  readonly look?: (path: string) => Promise<SettingsLook>
}

const patienceMsDefault = 6_000
const lookAgainMs = 100

/**
 * Reads the settings of a profile and follows the file. It never fails: where the file cannot be read, what was in force the
 * last time is in force, and else the standard.
 *
 * Invariants:
 * 1. Settings with a fault are never in force, not even those of their values that are right.
 * 2. What is in force is replaced only by a file that is right from end to end, and outlives a restart.
 * 3. What could not be read is no change: nothing is told as changed that was not seen before and after.
 * 4. A change by the program is written only into the text that was seen, and is there whole or not at all.
 * 5. What was in force the last time is not overwritten before it was read, unless it cannot be read at all.
 */
export async function openSettings(options: OpenSettingsOptions): Promise<OpenedSettings> {
  const { folder } = options
  const { before, file } = await lookPatiently(options)
  const known = lastGoodOf(before)
  const kept = typeof known === 'string' ? undefined : known
  let look = file
  const unwritten: SettingsProblem[] = []
  // Where it is not known what was in force, a file of the standard would take its place for good.
  if (isMissing(look) && known !== 'unknown') {
    const problem = await makeFile(folder, kept?.text, options)
    if (problem !== undefined) unwritten.push(problem)
    else look = await lookOf(options)(settingsPath(folder))
  }
  if (look.read.ok && known !== 'unknown' && look.read.value.text !== kept?.text) {
    const problem = await keepLastGood(folder, look.read.value.text, options)
    if (problem !== undefined) unwritten.push(problem)
  }
  const current = look.read.ok ? look.read.value.settings : (kept?.settings ?? standardSettings)
  return new SettingsFollower(options, {
    current,
    revision: look.revision,
    problems: [...(unwritten.length === 0 && !look.read.ok ? look.read.error : []), ...unwritten],
    isProvisional: !look.read.ok && known === 'unknown',
    isKeptUnread: known === 'unknown',
    changedWhileAway: kept === undefined ? [] : changesBetween(kept.settings, current),
  })
}

const lookOf = ({ look = lookAt }: OpenSettingsOptions): typeof lookAt => look

/** One of the two is enough to begin with, if it says what is to be in force; else a disk that does not answer is waited for. */
async function lookPatiently(options: OpenSettingsOptions): Promise<{ readonly before: SettingsLook; readonly file: SettingsLook }> {
  const { folder, patienceMs = patienceMsDefault } = options
  const look = lookOf(options)
  const deadline = performance.now() + patienceMs
  for (;;) {
    const [before, file] = await Promise.all([look(lastGoodPath(folder)), look(settingsPath(folder))])
    if (!isSilent(before) || file.read.ok || performance.now() >= deadline) return { before, file }
    await pause(lookAgainMs)
  }
}

interface Start {
  readonly current: Settings
  readonly revision: string
  readonly problems: readonly SettingsProblem[]
  readonly isProvisional: boolean
  /** What was in force the last time may be there and was not read yet. */
  readonly isKeptUnread: boolean
  readonly changedWhileAway: readonly SettingChange[]
}

const provisionalProblem = problemWithoutPlace(
  'file-unreadable', 'What was in force the last time cannot be read either: what the books remember of it is in force, without any addresses, and else the standard.',
)

class SettingsFollower implements OpenedSettings {
  readonly changedWhileAway: readonly SettingChange[]
  readonly #options: OpenSettingsOptions
  readonly #listeners = new Set<(event: SettingsEvent) => void>()
  readonly #stopWatching: () => void
  #current: Settings
  #revision: string
  #problems: readonly SettingsProblem[]
  #isProvisional: boolean
  #isKeptUnread: boolean
  /** What was read first, to be compared with what was in force the last time when that can be read. */
  #first: Settings | undefined
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
    this.#isProvisional = start.isProvisional
    this.#isKeptUnread = start.isKeptUnread
    this.#first = start.isProvisional ? undefined : start.current
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

  get isProvisional(): boolean {
    return this.#isProvisional
  }

  get problems(): readonly SettingsProblem[] {
    return this.#isProvisional ? [...this.#problems, provisionalProblem] : this.#problems
  }

  onChange(listener: (event: SettingsEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(patch: SettingsPatch, expectedRevision: string): Promise<EditedSettings> {
    return this.#inTurn(async () => {
      const { writeMs } = this.#options
      const textIfMissing = this.#isProvisional ? await this.#textForNewFile() : undefined
      const edited = await edit(this.#options.folder, patch, expectedRevision, { textIfMissing, ...(writeMs === undefined ? {} : { writeMs }) })
      await this.#take(await this.#look())
      return edited
    })
  }

  assume(values: SettingsPatch): number {
    if (!this.#isProvisional) return 0
    const { text, count } = withRemembered(values)
    const read = readSettings(text)
    if (!read.ok || count === 0) return 0
    this.#current = read.value
    this.#tell([])
    return count
  }

  refresh(): Promise<void> {
    return this.#inTurn(async () => this.#takeNews(await this.#look()))
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
    let seen = await this.#look()
    while (!this.#isDisposed && this.#isNews(seen)) {
      await this.#settle()
      const look = await this.#look()
      if (look.revision === seen.revision) {
        // A change of one's own may have been before it in the turn: what counts is what is there now.
        await this.#inTurn(async () => {
          const now = await this.#look()
          if (now.revision === look.revision) await this.#takeNews(now)
        })
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
    return this.#isKeptUnread || revision !== this.#revision || (!read.ok && !isDeepStrictEqual(read.error, this.#problems))
  }

  async #takeNews(look: SettingsLook): Promise<void> {
    if (this.#isNews(look)) await this.#take(look)
  }

  async #take({ revision, read }: SettingsLook): Promise<void> {
    this.#revision = revision
    const problems: SettingsProblem[] = read.ok ? [] : [...read.error]
    const wasProvisional = this.#isProvisional
    const kept = this.#isKeptUnread ? await lookOf(this.#options)(lastGoodPath(this.#options.folder)) : undefined
    const known = kept === undefined ? undefined : lastGoodOf(kept)
    const keptSettings = typeof known === 'object' ? known.settings : undefined
    const before = wasProvisional ? keptSettings : this.#current
    const settings = read.ok ? read.value.settings : (before ?? this.#current)
    const away = this.#first === undefined || keptSettings === undefined ? [] : changesBetween(keptSettings, this.#first)
    this.#isProvisional = wasProvisional && !read.ok && known === 'unknown'
    this.#first ??= read.ok ? settings : undefined
    // A disk that does not answer will; what is refused is refused.
    const mayBeKept = kept === undefined || !isSilent(kept)
    if (read.ok && mayBeKept) {
      const problem = await keepLastGood(this.#options.folder, read.value.text, this.#options)
      if (problem !== undefined) problems.push(problem)
    }
    this.#isKeptUnread = known === 'unknown' && !(read.ok && mayBeKept)
    const changes = [...away, ...(before === undefined ? [] : changesBetween(before, settings))]
    const isOther = wasProvisional && (!this.#isProvisional || !isDeepStrictEqual(settings, this.#current))
    const isToldOf = isOther || changes.length > 0 || !isDeepStrictEqual(problems, this.#problems)
    this.#current = settings
    this.#problems = problems
    if (isToldOf) this.#tell(changes)
  }

  /** Only where it will not be known what was in force: a disk that does not answer may have it yet. */
  async #textForNewFile(): Promise<string | undefined> {
    const kept = await lookOf(this.#options)(lastGoodPath(this.#options.folder))
    if (kept.read.ok) return kept.read.value.text
    return isSilent(kept) ? undefined : withRemembered(Object.fromEntries(flatten(this.#current))).text
  }

  #tell(changes: readonly SettingChange[]): void {
    for (const listener of this.#listeners) listener({ at: this.#options.now(), changes, problems: this.problems })
  }

  #look(): Promise<SettingsLook> {
    return lookOf(this.#options)(settingsPath(this.#options.folder))
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work)
    // Whoever asked hears of a failure; whoever is next does not.
    this.#turn = done.catch(() => undefined)
    return done
  }
}


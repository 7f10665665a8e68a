import { isDeepStrictEqual } from 'node:util'
import { changesBetween, standardPolicyIn, whatToDo, type PolicyChange, type PolicyProblem, type RiskPolicy } from '../../risk-policy/index.ts'
import { watchFile } from '../settings/watch-file.ts'
import { inForcePath, isMissingPolicy, keepInForce, lookAtPolicy, makePolicyFile, riskPolicyPath, type PolicyLook } from './policy-file.ts'

export interface OpenRiskPolicyOptions {
  /** The folder of the profile. */
  readonly folder: string
  /** The currency in which the profile reports: a file that is made has its amounts in it. */
  readonly currency: string
  /** Milliseconds UTC. */
  readonly now: () => number
  readonly pollMs?: number
  /** Editors write in several steps: for so long the file has to stay the same before it counts. */
  readonly settleMs?: number
}

export interface RiskPolicyEvent {
  readonly at: number
  /** What is in force now and was not before. */
  readonly applied: readonly PolicyChange[]
  /** What the file asks for besides: it waits for an approval. */
  readonly waiting: readonly PolicyChange[]
  readonly problems: readonly PolicyProblem[]
}

export type ApprovedPolicy =
  | { readonly ok: true; readonly changes: readonly PolicyChange[] }
  /** What was approved is not what is asked for now; or it could not be written, and is not in force. */
  | { readonly ok: false; readonly reason: 'asked-otherwise' | 'not-written' }

export interface OpenedRiskPolicy {
  readonly inForce: RiskPolicy
  /** What the file asks for and is not in force, because it loosens. */
  readonly waiting: readonly PolicyChange[]
  /** Which text of the file that is: whoever approves says which one was seen. */
  readonly revision: string
  readonly problems: readonly PolicyProblem[]
  /** What the start itself made tighter than it was in force the last time. */
  readonly appliedAtStart: readonly PolicyChange[]
  onChange(listener: (event: RiskPolicyEvent) => void): () => void
  /** Puts in force what waits. Whoever calls has the approval in hand. */
  approve(revision: string): Promise<ApprovedPolicy>
  /** Looks now, and not at the next moment of its own. */
  refresh(): Promise<void>
  dispose(): Promise<void>
}

/**
 * Follows the risk policy of a profile. It must never put a looser limit in force by itself.
 *
 * Invariants:
 * 1. What loosens is in force only after it was approved, also when it was changed while nobody looked.
 * 2. A file with a fault, or none, changes nothing: what was in force still is, also after a restart.
 * 3. Where it is not known what was in force, it counts as the standard.
 * 4. What was approved is what is in the file: a file that was changed since is asked about anew.
 */
export async function openRiskPolicy(options: OpenRiskPolicyOptions): Promise<OpenedRiskPolicy> {
  const { folder, currency } = options
  const kept = await lookAtPolicy(inForcePath(folder))
  const known = kept.read.ok ? kept.read.policy : standardPolicyIn(currency)
  // A file that is gone from a profile that had one is no file of the standard: it is told of.
  const isNew = isMissingPolicy(kept) && isMissingPolicy(await lookAtPolicy(riskPolicyPath(folder)))
  const unmade = isNew ? await makePolicyFile(folder, currency) : undefined
  const follower = new RiskPolicyFollower(options, known, kept.read.ok)
  await follower.begin(unmade)
  return follower
}

class RiskPolicyFollower implements OpenedRiskPolicy {
  readonly #options: OpenRiskPolicyOptions
  readonly #listeners = new Set<(event: RiskPolicyEvent) => void>()
  #stopWatching: (() => void) | undefined
  #inForce: RiskPolicy
  #asked: RiskPolicy
  #revision = ''
  #problems: readonly PolicyProblem[] = []
  #appliedAtStart: readonly PolicyChange[] = []
  /** Whether what is in force is also on the disk. */
  #isKept: boolean
  #isFollowing = false
  #isDisposed = false
  #settling: NodeJS.Timeout | undefined
  /** One look or approval after the other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: OpenRiskPolicyOptions, known: RiskPolicy, isKept: boolean) {
    this.#options = options
    this.#inForce = known
    this.#asked = known
    this.#isKept = isKept
  }

  async begin(unmade: PolicyProblem | undefined): Promise<void> {
    const before = this.#inForce
    await this.refresh()
    if (unmade !== undefined) this.#problems = [...this.#problems, unmade]
    this.#appliedAtStart = changesBetween(before, this.#inForce)
    const { folder, pollMs = 2_000 } = this.#options
    this.#stopWatching = watchFile({ path: riskPolicyPath(folder), pollMs }, () => void this.#follow())
  }

  get inForce(): RiskPolicy {
    return this.#inForce
  }

  get waiting(): readonly PolicyChange[] {
    return changesBetween(this.#inForce, this.#asked)
  }

  get revision(): string {
    return this.#revision
  }

  get problems(): readonly PolicyProblem[] {
    return this.#problems
  }

  get appliedAtStart(): readonly PolicyChange[] {
    return this.#appliedAtStart
  }

  onChange(listener: (event: RiskPolicyEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  approve(revision: string): Promise<ApprovedPolicy> {
    return this.#inTurn(async (): Promise<ApprovedPolicy> => {
      const look = await this.#look()
      if (!look.read.ok || look.revision !== revision) {
        await this.#take(look)
        return { ok: false, reason: 'asked-otherwise' }
      }
      // Written first: a loosening that a crash would forget is none.
      const unwritten = await keepInForce(this.#options.folder, look.read.policy)
      if (unwritten !== undefined) return { ok: false, reason: 'not-written' }
      const changes = changesBetween(this.#inForce, look.read.policy)
      this.#inForce = look.read.policy
      await this.#take(look, changes)
      return { ok: true, changes }
    })
  }

  refresh(): Promise<void> {
    return this.#inTurn(async () => this.#take(await this.#look()))
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    this.#stopWatching?.()
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
      if (isDeepStrictEqual(look, seen)) {
        // Half of a file that leaves out what it will say again would tighten for good: what counts is what is there now.
        await this.#inTurn(async () => {
          const now = await this.#look()
          if (isDeepStrictEqual(now, look)) await this.#take(now)
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

  #isNews({ revision, read }: PolicyLook): boolean {
    return !this.#isKept || revision !== this.#revision || (!read.ok && !isDeepStrictEqual(read.problems, this.#problems))
  }

  async #take(look: PolicyLook, approved: readonly PolicyChange[] = []): Promise<void> {
    const { folder, now } = this.#options
    const [waitingBefore, problemsBefore] = [this.waiting, this.#problems]
    this.#revision = look.revision
    // What a faulty file asked for before it was faulty is not asked for any more.
    this.#asked = look.read.ok ? look.read.policy : this.#inForce
    const decision = whatToDo(this.#inForce, this.#asked)
    this.#inForce = decision.now
    const problems = look.read.ok ? [] : [...look.read.problems]
    if (decision.apply.length > 0 || !this.#isKept) {
      // What is tighter is in force even where it cannot be written.
      const unwritten = await keepInForce(folder, this.#inForce)
      this.#isKept = unwritten === undefined
      if (unwritten !== undefined) problems.push(unwritten)
    }
    this.#problems = problems
    const applied = [...approved, ...decision.apply]
    const isNews = applied.length > 0 || !isDeepStrictEqual(this.waiting, waitingBefore) || !isDeepStrictEqual(problems, problemsBefore)
    if (!isNews) return
    for (const listener of this.#listeners) listener({ at: now(), applied, waiting: this.waiting, problems })
  }

  #look(): Promise<PolicyLook> {
    return lookAtPolicy(riskPolicyPath(this.#options.folder))
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work)
    // Whoever asked hears of a failure; whoever is next does not.
    this.#turn = done.catch(() => undefined)
    return done
  }
}

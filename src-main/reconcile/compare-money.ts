import { amountFromRaw, isEqual, lotsFromRaw, rawOf } from '../base/index.ts'
import type { EpochReported, VenueBalance, VenuePosition } from '../domain/index.ts'
import type { Finding } from './finding.ts'
import type { OurAccount, ReconcileRules } from './our-account.ts'
import { toldBreaks } from './told-breaks.ts'
import type { Difference } from './told-breaks.ts'

/**
 * The second half of a round, once the findings are applied: do positions and balances agree, to the unit? A difference that is
 * left is a break; one that is gone heals. Nothing is made to fit.
 */
export interface Comparison {
  readonly findings: readonly Finding[]
  /** Positions and balances that changed too shortly before the question to be compared. */
  readonly skipped: number
}

const keyOf = ({ instrument, positionSide }: Pick<VenuePosition, 'instrument' | 'positionSide'>): string => `${instrument} ${positionSide}`

interface Judged {
  readonly differences: readonly Difference[]
  /** What could be compared, agreeing or not. */
  readonly compared: ReadonlySet<string>
  readonly skipped: number
}

/** What neither side lists any more is nothing on both: a difference about it is over. */
const listedByNobody = (ours: OurAccount, what: 'position' | 'balance', listed: ReadonlySet<string>): readonly string[] =>
  ours.breaks.flatMap((known) => (known.what === what && known.instrument !== undefined && !listed.has(known.instrument) ? [known.instrument] : []))

const comparePositions = (ours: OurAccount, theirs: readonly VenuePosition[], unsettled: ReadonlySet<string>, youngestJudged: number): Judged => {
  const told = new Map(theirs.map((position) => [keyOf(position), position]))
  const have = new Map(ours.positions.map((position) => [keyOf(position), position]))
  const differences: Difference[] = []
  const compared = new Set<string>()
  let skipped = 0
  for (const key of [...new Set([...have.keys(), ...told.keys()])].sort()) {
    const our = have.get(key)
    const their = told.get(key)
    const instrument = our?.instrument ?? their?.instrument ?? ''
    if (unsettled.has(instrument) || (our !== undefined && our.changedAt > youngestJudged)) {
      skipped += 1
      continue
    }
    compared.add(instrument)
    // The whole list came, so what it leaves out is flat: an answer, unlike a failed question.
    const ourLots = our?.lots ?? lotsFromRaw(0)
    const theirLots = their?.lots ?? lotsFromRaw(0)
    if (!isEqual(ourLots, theirLots)) {
      differences.push({ instrument, detail: `position ${key}: ${rawOf(ourLots)} lots here, ${rawOf(theirLots)} at the venue` })
    }
  }
  const listed = new Set([...ours.positions, ...theirs].map(({ instrument }) => instrument))
  for (const instrument of listedByNobody(ours, 'position', listed)) {
    if (unsettled.has(instrument)) skipped += 1
    else compared.add(instrument)
  }
  return { differences, compared, skipped }
}

const compareBalances = (ours: OurAccount, theirs: readonly VenueBalance[], isUnsettled: boolean, youngestJudged: number): Judged => {
  const told = new Map(theirs.map((balance) => [balance.asset, balance]))
  const have = new Map(ours.balances.map((balance) => [balance.asset, balance]))
  const differences: Difference[] = []
  const compared = new Set<string>()
  let skipped = 0
  for (const asset of [...new Set([...have.keys(), ...told.keys()])].sort()) {
    const our = have.get(asset)
    if (isUnsettled || (our !== undefined && our.changedAt > youngestJudged)) {
      skipped += 1
      continue
    }
    compared.add(asset)
    const ourTotal = our?.total ?? amountFromRaw(0)
    const theirTotal = told.get(asset)?.total ?? amountFromRaw(0)
    // An asset is named like an instrument: a break of one must not hide another.
    if (!isEqual(ourTotal, theirTotal)) {
      differences.push({ instrument: asset, detail: `balance of ${asset}: ${rawOf(ourTotal)} here, ${rawOf(theirTotal)} at the venue` })
    }
  }
  for (const asset of listedByNobody(ours, 'balance', new Set([...have.keys(), ...told.keys()]))) {
    if (isUnsettled) skipped += 1
    else compared.add(asset)
  }
  return { differences, compared, skipped }
}

export const compareMoney = (ours: OurAccount, epoch: EpochReported, unsettled: ReadonlySet<string>, rules: ReconcileRules): Comparison => {
  if (!epoch.positions.ok || !epoch.balances.ok) return { findings: [], skipped: 0 }
  const youngestJudged = epoch.askedAt - rules.graceMs
  const positions = comparePositions(ours, epoch.positions.items, unsettled, youngestJudged)
  const balances = compareBalances(ours, epoch.balances.items, unsettled.size > 0, youngestJudged)
  return {
    findings: [
      ...toldBreaks(ours, 'position', positions.differences, (instrument) => positions.compared.has(instrument)),
      ...toldBreaks(ours, 'balance', balances.differences, (asset) => balances.compared.has(asset)),
    ],
    skipped: positions.skipped + balances.skipped,
  }
}

import { ensureDefined, isZero, subtract } from '../../base/index.ts'
import type { Amount, Lots } from '../../base/index.ts'
import type { PositionSide, Tradable } from '../../domain/index.ts'
import { coinLots, unitsOf } from './coin-grid.ts'
import { FillLog } from './fill-log.ts'
import type { FillLogSnapshot, LogSurroundings } from './fill-log.ts'
import { formOf, moveHolding, totalLots, wholeLots } from './holding.ts'
import type { Ledger, LedgerPosting } from './ledger.ts'
import type { MovedCoin } from './moved-coins.ts'
import { openingPosition, positionPostings } from './opening.ts'
import type { OpeningPosition } from './opening.ts'
import { flat, noLots, noMoney } from './position.ts'
import type { LotMethod, PositionState } from './position.ts'

export interface HeldContract {
  readonly instrument: string
  readonly positionSide: PositionSide
}

export interface HoldingBooksSnapshot {
  readonly contracts: readonly (HeldContract & { readonly log: FillLogSnapshot })[]
  readonly coins: readonly { readonly asset: string; readonly log: FillLogSnapshot }[]
}

export interface HeldIn {
  readonly lots: Lots
  readonly units: Amount | undefined
  readonly cost: Amount
  readonly realised: Amount
}

const contractKey = (instrument: string, side: PositionSide): string => `${instrument} ${side}`

const inOrder = <Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] =>
  [...map.keys()].sort().flatMap((key) => {
    const value = map.get(key)
    return value === undefined ? [] : [[key, value] as const]
  })

/**
 * Which log a step goes to: each side of a contract has its own, and all pairs of a coin share one. It must never let a coin move without its log knowing of it.
 * Invariants: 1 what moves a coin is a step of its log, whether it was traded, posted, paid with or taken as a fee; 2 what is taken back there is taken back here.
 */
export class HoldingBooks {
  readonly #tradables: ReadonlyMap<string, Tradable>
  readonly #pairs: ReadonlyMap<string, readonly Tradable[]>
  readonly #method: LotMethod
  readonly #contracts = new Map<string, HeldContract & { readonly log: FillLog }>()
  readonly #coins = new Map<string, FillLog>()
  readonly #around: LogSurroundings

  constructor(tradables: readonly Tradable[], method: LotMethod, ledger: Ledger, past?: HoldingBooksSnapshot) {
    this.#tradables = new Map(tradables.map((tradable) => [tradable.instrument.id, tradable]))
    this.#pairs = pairsByCoin(tradables)
    this.#method = method
    this.#around = {
      ledger,
      isCoin: (asset) => this.#pairs.has(asset),
      move: (coin) => this.move(coin),
      moveBack: (coin) => this.#coinLog(coin.asset).takeMoveBack(coin),
    }
    for (const { instrument, positionSide, log } of past?.contracts ?? []) this.#contractLog(instrument, positionSide, log)
    for (const { asset, log } of past?.coins ?? []) this.#coinLog(asset, log)
  }

  tradable(instrument: string): Tradable {
    return ensureDefined(this.#tradables.get(instrument), 'the instrument in the books of the account')
  }

  isCoin(asset: string): boolean {
    return this.#pairs.has(asset)
  }

  /** Instruments that deliver the asset. */
  pairs(asset: string): readonly Tradable[] {
    return this.#pairs.get(asset) ?? []
  }

  /** For a step in the instrument; of a coin there are no sides. */
  logFor(instrument: string, side: PositionSide): FillLog {
    const { settlement, instrument: { base } } = this.tradable(instrument)
    return settlement === 'delivery' ? this.#coinLog(base) : this.#contractLog(instrument, side)
  }

  /** As far as it is there. */
  known(instrument: string, side: PositionSide): FillLog | undefined {
    const { settlement, instrument: { base } } = this.tradable(instrument)
    return settlement === 'delivery' ? this.#coins.get(base) : this.#contracts.get(contractKey(instrument, side))?.log
  }

  coin(asset: string): FillLog | undefined {
    return this.#coins.get(asset)
  }

  move({ asset, at, id, of, amount, account }: MovedCoin): void {
    this.#coinLog(asset).add({ kind: 'move', at, id, of, move: { amount, account } })
  }

  heldIn(instrument: string, side: PositionSide): HeldIn {
    const log = this.known(instrument, side)
    const isCoin = this.tradable(instrument).settlement === 'delivery'
    if (log === undefined) return { lots: noLots, units: isCoin ? noMoney : undefined, cost: noMoney, realised: noMoney }
    const { form, holding } = log
    const place = form.tradables.findIndex((each) => each.instrument.id === instrument)
    const { cost, realised, lots } = holding[place] ?? flat
    return { lots: wholeLots(holding, form)[place] ?? noLots, units: isCoin ? unitsOf(lots) : undefined, cost, realised }
  }

  /** All that were ever opened. */
  held(): readonly HeldContract[] {
    const contracts = [...this.#contracts.values()].map(({ instrument, positionSide }) => ({ instrument, positionSide }))
    const delivered = [...this.#coins.values()].flatMap(({ form, holding }) => {
      // What other pairs hold of a lot may make one in a pair that never traded.
      const lots = wholeLots(holding, form)
      return form.tradables.flatMap(({ instrument }, place) =>
        (holding[place] === flat && isZero(lots[place] ?? noLots) ? [] : [{ instrument: instrument.id, positionSide: 'net' as const }]))
    })
    return [...contracts, ...delivered].sort((left, right) => (contractKey(left.instrument, left.positionSide) < contractKey(right.instrument, right.positionSide) ? -1 : 1))
  }

  /** What was there at first sight. Of a coin the balance says how much that is, whatever positions are told of. */
  open(positions: readonly OpeningPosition[], balanceOf: (asset: string) => Amount, book: (entry: readonly LedgerPosting[]) => void): void {
    for (const held of positions) {
      const tradable = this.tradable(held.instrument)
      const log = this.logFor(held.instrument, held.positionSide)
      const place = log.form.tradables.indexOf(tradable)
      const pair = ensureDefined(log.form.pairs[place], 'the pair of an opening')
      const state: PositionState = openingPosition(held, coinLots(tradable, held.lots), pair)
      log.open(log.holding.map((each, index) => (index === place ? state : each)))
      book(positionPostings(state, pair))
    }
    for (const asset of [...this.#pairs.keys()].sort()) this.#openToBalance(asset, balanceOf(asset), book)
  }

  #openToBalance(asset: string, balance: Amount, book: (entry: readonly LedgerPosting[]) => void): void {
    if (isZero(balance) && !this.#coins.has(asset)) return
    const log = this.#coinLog(asset)
    const amount = subtract(balance, unitsOf(totalLots(log.holding)))
    const { after, postings } = moveHolding(log.holding, log.form, { amount, account: 'opening' })
    log.open(after)
    book(postings)
  }

  snapshot(): HoldingBooksSnapshot {
    return {
      contracts: inOrder(this.#contracts).map(([, { instrument, positionSide, log }]) => ({ instrument, positionSide, log: log.snapshot() })),
      coins: inOrder(this.#coins).map(([asset, log]) => ({ asset, log: log.snapshot() })),
    }
  }

  #contractLog(instrument: string, positionSide: PositionSide, past?: FillLogSnapshot): FillLog {
    const key = contractKey(instrument, positionSide)
    const known = this.#contracts.get(key)
    if (known !== undefined) return known.log
    const log = new FillLog(formOf([this.tradable(instrument)], undefined, this.#method), this.#around, past)
    this.#contracts.set(key, { instrument, positionSide, log })
    return log
  }

  #coinLog(asset: string, past?: FillLogSnapshot): FillLog {
    const known = this.#coins.get(asset)
    if (known !== undefined) return known
    const log = new FillLog(formOf(ensureDefined(this.#pairs.get(asset), 'the pairs of a coin'), asset, this.#method), this.#around, past)
    this.#coins.set(asset, log)
    return log
  }
}

const pairsByCoin = (tradables: readonly Tradable[]): ReadonlyMap<string, readonly Tradable[]> => {
  const pairs = new Map<string, Tradable[]>()
  for (const tradable of tradables) {
    if (tradable.settlement !== 'delivery') continue
    const known = pairs.get(tradable.instrument.base)
    if (known === undefined) pairs.set(tradable.instrument.base, [tradable])
    else known.push(tradable)
  }
  return pairs
}

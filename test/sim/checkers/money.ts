import type { Checker, Scene } from './scene.ts'

/** I8 positions are the opening and the signed trades, and at rest the venue's; I9 postings of an asset add up to zero, balances at rest are the venue's. */
export function createMoneyChecker({ court, witness, truth, facts, engine }: Scene): Checker {
  const compareWithEvents = (): void => {
    const here = new Map(engine().positions(facts.account).map(({ instrument, positionSide, lots }) => [`${instrument} ${positionSide}`, lots]))
    for (const [side, lots] of witness.positions) {
      court.check('I8', (here.get(side) ?? 0) === lots, () => `position ${side} is ${here.get(side) ?? 0}, opening and trades make ${lots}`)
    }
    for (const [side, lots] of here) court.check('I8', (witness.positions.get(side) ?? 0) === lots, () => `position ${side} is ${lots}, and no trade made it`)
  }
  /** Whatever is thought of single pairs: all of them together hold what the wallet does, but for less than the smallest lot. */
  const coins = (): void => {
    const wallet = new Map(engine().balances(facts.account).map(({ asset, total }) => [asset, total]))
    const here = new Map(engine().positions(facts.account).map(({ instrument, lots }) => [instrument, lots]))
    for (const coin of new Set(facts.tradables.flatMap(({ settlement, instrument }) => (settlement === 'delivery' ? [instrument.base] : [])))) {
      const pairs = witness.coins.pairsOf(coin)
      const total = wallet.get(coin) ?? 0
      const held = pairs.map(({ instrument, baseUnitsPerLot }) => (here.get(instrument.id) ?? 0) * baseUnitsPerLot)
      const off = total - held.reduce((sum, units) => sum + units, 0)
      const least = Math.min(...pairs.map(({ baseUnitsPerLot }) => baseUnitsPerLot))
      const isApart = held.some((units) => units * total < 0)
      court.check('I8', Math.abs(off) < least && !isApart, () => `the wallet holds ${total} ${coin}, and the pairs ${held.join(' and ')}`)
    }
  }
  const sums = (): void => {
    for (const { asset, sum } of engine().ledgerSums(facts.account)) court.check('I9', sum === 0, () => `the postings of ${asset} add up to ${sum}`)
  }
  return {
    step({ events }) {
      if (!events.some(({ kind }) => kind === 'order-filled' || kind === 'fill-superseded' || kind === 'money-posted' || kind === 'opening-taken')) return
      compareWithEvents()
      coins()
      sums()
    },
    recovered() {
      compareWithEvents()
      coins()
      sums()
    },
    quiet() {
      compareWithEvents()
      coins()
      sums()
      const here = new Map(engine().positions(facts.account).map(({ instrument, positionSide, lots }) => [`${instrument} ${positionSide}`, lots]))
      for (const { instrument, positionSide, lots } of truth.positions()) {
        const side = `${instrument} ${positionSide}`
        court.check('I8', (here.get(side) ?? 0) === lots, () => `position ${side} is ${here.get(side) ?? 0} here and ${lots} at the venue`)
      }
      const money = new Map(engine().balances(facts.account).map(({ asset, total }) => [asset, total]))
      for (const { asset, total } of truth.balances()) {
        court.check('I9', (money.get(asset) ?? 0) === total, () => `${asset} is ${money.get(asset) ?? 0} here and ${total} at the venue`)
      }
    },
  }
}

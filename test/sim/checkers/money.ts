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
  const sums = (): void => {
    for (const { asset, sum } of engine().ledgerSums(facts.account)) court.check('I9', sum === 0, () => `the postings of ${asset} add up to ${sum}`)
  }
  return {
    step({ events }) {
      if (!events.some(({ kind }) => kind === 'order-filled' || kind === 'fill-superseded' || kind === 'money-posted' || kind === 'opening-taken')) return
      compareWithEvents()
      sums()
    },
    recovered() {
      compareWithEvents()
      sums()
    },
    quiet() {
      compareWithEvents()
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

import { lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { Amount, Random } from '../../../src-main/base/index.ts'
import { venueBehaviourPreset } from '../../../src-main/venues/sim/index.ts'
import type { SimExchangeSetup, VenueBehaviour } from '../../../src-main/venues/sim/index.ts'
import type { Swarm } from '../../../src-main/venues/paper/index.ts'
import { assets } from './catalogue.ts'
import type { Market } from './catalogue.ts'
import { counterparty, counterpartyBalances } from './counterparty.ts'

/** What kind of venue this seed has: its lags, its fees, its habits. All of it is lawful behaviour; what the wire does is elsewhere. */
export function exchangeBehaviour(
  random: Random, swarm: Swarm, markets: readonly Market[], startAt: number, account: string,
  openings: readonly { readonly asset: string; readonly amount: Amount }[],
): SimExchangeSetup {
  const drawn = random.split('venue')
  const lag = (name: string): number => {
    // Less than what the proof of absence waits beyond the receive window.
    const most = Math.floor(3_500 * drawn.nextFloat53())
    if (!swarm.isEnabled(name)) return 0
    swarm.struck(name)
    return most
  }
  const flag = (name: string): boolean => {
    const is = swarm.isEnabled(name)
    if (is) swarm.struck(name)
    return is
  }
  const lookupMs = lag('lookup-lag')
  const skew = Math.floor(600 * (drawn.nextFloat53() - 0.5))
  const behaviour: Partial<VenueBehaviour> = {
    clientIds: flag('id-free-after-end') ? 'reusable' : 'unique',
    lag: {
      lookupMs, openOrdersMs: lag('open-orders-lag'), closedOrdersMs: lookupMs, tradesMs: lag('trades-lag'), positionsMs: lag('positions-lag'), balancesMs: lag('balances-lag'),
    },
    limits: { ...venueBehaviourPreset.limits, capacity: 3_000, perSecond: 200 },
    fees: {
      tiers: [],
      asset: random.split('fees').nextFloat53() < 0.5 && flag('fee-in-what-is-received') ? { by: 'received' }
        : flag('fee-in-third-asset') ? { by: 'third', asset: 'TKN', perQuote: rateFromRaw(20_000_000), discount: rateFromRaw(250_000_000) } : { by: 'quote' },
    },
    fundingEveryMs: flag('funding') ? 60_000 : 8 * 3_600_000,
    partialFills: flag('partial-fills') ? venueBehaviourPreset.partialFills : undefined,
    queue: drawn.nextFloat53() < 0.5 ? 'fifo' : 'probabilistic',
    immediateTrigger: drawn.nextFloat53() < 0.5 ? 'reject' : 'fire',
    clockSkewMs: skew,
    pageSize: 20 + drawn.nextInt(60),
  }
  return {
    seed: drawn.nextInt(2 ** 31), startAt, assets, behaviour,
    tradables: markets.map(({ tradable }) => tradable),
    accounts: [
      { id: account, positions: 'netting', lots: 'fifo', balances: openings },
      { id: counterparty, positions: 'netting', lots: 'fifo', balances: counterpartyBalances },
    ],
    crowds: markets.map(({ tradable, priceAtStart, spreadTicks, depthLots, stepTicks }) => ({
      instrument: tradable.instrument.id, priceAtStart: ticksFromRaw(priceAtStart), spreadTicks, levels: 8, depthLots: lotsFromRaw(depthLots), stepTicks, stepMs: 500,
      tradeShare: 0.4, fundingRate: rateFromRaw(100_000),
    })),
  }
}

import { create } from 'zustand'
import type { BalanceView, BridgeError } from '../../src-preload/contract/index.ts'
import { createHold } from './market-hold.ts'

export interface BalanceFacts {
  /** Undefined until the engine has told them. */
  readonly balances: ReadonlyMap<string, BalanceView> | undefined
  readonly error: BridgeError | undefined
}

const nothingTold: BalanceFacts = { balances: undefined, error: undefined }

export const useBalances = create<BalanceFacts>()(() => nothingTold)

export const balanceKey = ({ account, asset }: Pick<BalanceView, 'account' | 'asset'>): string => `${account} ${asset}`

interface Told {
  readonly balances: readonly BalanceView[]
}

export const takeBalances = ({ balances }: Told): void =>
  useBalances.setState({ balances: new Map(balances.map((each) => [balanceKey(each), each])), error: undefined })

/** What changed, each balance whole. */
export const takeBalanceChanges = ({ balances }: Told): void =>
  useBalances.setState((facts) => ({ balances: new Map([...(facts.balances ?? []), ...balances.map((each) => [balanceKey(each), each] as const)]), error: undefined }))

/** Balances are followed by one stream while somebody holds them. */
export const holdBalances = createHold((bridge) => {
  const end = bridge.watch('trading.balances', {}, {
    snapshot: takeBalances,
    delta: takeBalanceChanges,
    ended: (error) => useBalances.setState({ error }),
  })
  return () => {
    end()
    useBalances.setState(nothingTold)
  }
})

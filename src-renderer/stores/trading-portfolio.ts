import { create } from 'zustand'
import type { BridgeError, PortfolioView } from '../../src-preload/contract/index.ts'
import { createHold } from './market-hold.ts'

export interface PortfolioFacts {
  /** Undefined until the engine has told it. */
  readonly view: PortfolioView | undefined
  readonly error: BridgeError | undefined
}

const nothingTold: PortfolioFacts = { view: undefined, error: undefined }

export const usePortfolio = create<PortfolioFacts>()(() => nothingTold)

export const takePortfolio = (view: PortfolioView): void => usePortfolio.setState({ view, error: undefined })

/** Equity and what makes it are followed by one stream while somebody holds them. */
export const holdPortfolio = createHold((bridge) => {
  const end = bridge.watch('trading.portfolio', {}, {
    snapshot: takePortfolio,
    delta: takePortfolio,
    ended: (error) => usePortfolio.setState({ error }),
  })
  return () => {
    end()
    usePortfolio.setState(nothingTold)
  }
})

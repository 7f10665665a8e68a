import { create } from 'zustand'
import type { BridgeError, PositionView } from '../../src-preload/contract/index.ts'
import { createHold } from './market-hold.ts'

export interface PositionFacts {
  /** Undefined until the engine has told its positions. */
  readonly revision: number | undefined
  readonly at: number | undefined
  /** By account, instrument and side. One that was closed is not in it. */
  readonly positions: ReadonlyMap<string, PositionView>
  readonly error: BridgeError | undefined
}

const nothingTold: PositionFacts = { revision: undefined, at: undefined, positions: new Map(), error: undefined }

export const usePositions = create<PositionFacts>()(() => nothingTold)

interface Told {
  readonly revision: number
  readonly at: number
  readonly positions: readonly PositionView[]
}

export const positionKey = ({ account, instrument, positionSide }: Pick<PositionView, 'account' | 'instrument' | 'positionSide'>): string =>
  `${account} ${instrument} ${positionSide}`

function taken(before: ReadonlyMap<string, PositionView>, { revision, at, positions }: Told): PositionFacts {
  const next = new Map(before)
  for (const position of positions) {
    if (position.lots === 0) next.delete(positionKey(position))
    else next.set(positionKey(position), position)
  }
  return { revision, at, positions: next, error: undefined }
}

export const takePositions = (told: Told): void => usePositions.setState(taken(new Map(), told))
export const takePositionChanges = (told: Told): void => usePositions.setState(({ positions }) => taken(positions, told))

/** Positions are followed by one stream while somebody holds them. */
export const holdPositions = createHold((bridge) => {
  const end = bridge.watch('trading.positions', {}, {
    snapshot: takePositions,
    delta: takePositionChanges,
    ended: (error) => usePositions.setState({ error }),
  })
  return () => {
    end()
    usePositions.setState(nothingTold)
  }
})

export const positionsOf = (positions: ReadonlyMap<string, PositionView>, instrument: string): readonly PositionView[] =>
  [...positions.values()].filter((position) => position.instrument === instrument)

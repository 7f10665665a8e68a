import { create } from 'zustand'
import { isRecord, keep, keptPlaceOf, readKept } from './kept-text.ts'

/** What a person may want to be asked about once more before it is done. */
export const confirmableActs = ['place', 'amend', 'cancel-all', 'close', 'reverse'] as const
export type ConfirmableAct = (typeof confirmableActs)[number]

export interface TradingSafety {
  /** Then no control of this program's screens asks for a trade; the halt works as ever. */
  readonly isLocked: boolean
  readonly confirms: Readonly<Record<ConfirmableAct, boolean>>
}

export const tradingSafetyKey = 'ballast.trading-safety'
const version = 1

/** What opens or turns a position at the market's price is asked about, until somebody chooses otherwise. */
export const defaultSafety: TradingSafety = {
  isLocked: false,
  confirms: { place: false, amend: false, 'cancel-all': false, close: true, reverse: true },
}

export function parseTradingSafety(json: unknown): TradingSafety | undefined {
  if (!isRecord(json) || json['version'] !== version) return undefined
  const given = isRecord(json['confirms']) ? json['confirms'] : {}
  const confirms = { ...defaultSafety.confirms }
  for (const act of confirmableActs) {
    const value = given[act]
    if (typeof value === 'boolean') confirms[act] = value
  }
  // A lock that cannot be read is one that holds.
  return { isLocked: json['isLocked'] !== false, confirms }
}

export const printTradingSafety = ({ isLocked, confirms }: TradingSafety): string => JSON.stringify({ version, isLocked, confirms })

const place = keptPlaceOf(() => localStorage)

export const useTradingSafety = create<TradingSafety>()(() => readKept(place, tradingSafetyKey, parseTradingSafety) ?? defaultSafety)

useTradingSafety.subscribe((safety) => keep(place, tradingSafetyKey, printTradingSafety(safety)))

export const lockTrading = (isLocked: boolean): void => useTradingSafety.setState({ isLocked })

export const chooseConfirm = (act: ConfirmableAct, isAsked: boolean): void =>
  useTradingSafety.setState(({ confirms }) => ({ confirms: { ...confirms, [act]: isAsked } }))

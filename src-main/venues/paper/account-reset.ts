import { amountFromRaw, rawOf } from '../../base/index.ts'
import type { Amount } from '../../base/index.ts'
import type { SimExchange } from '../sim/index.ts'

export interface AccountReset {
  readonly account: string
  /** A person's, kept with the account. */
  readonly reason: string
  /** What the account holds afterwards; of all other assets nothing. */
  readonly balances: readonly { readonly asset: string; readonly amount: Amount }[]
}

export type ResetOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown-account' }
  /** A contract is open, and there is no price yet to close it at. */
  | { readonly ok: false; readonly reason: 'no-price'; readonly instrument: string }

/**
 * Everything about it is something that an account meets anyway, so whoever keeps books needs no rule for it: cancels, trades that close
 * each contract at the mark, and transfers for the rest. Nothing is done when it cannot be done whole.
 */
export function resetAccount(exchange: SimExchange, { account, balances }: AccountReset, name: string): ResetOutcome {
  if (!exchange.accounts().some(({ id }) => id === account)) return { ok: false, reason: 'unknown-account' }
  const open = exchange.truth(account).positions
  const priceless = open.find(({ instrument }) => exchange.floors.get(instrument)?.reference() === 0)
  if (priceless !== undefined) return { ok: false, reason: 'no-price', instrument: priceless.instrument }
  exchange.cancelAllByHand(account)
  open.forEach(({ instrument, positionSide }, index) => exchange.takeOver(account, instrument, positionSide, `${name}-${index + 1}`))
  const held = new Map(exchange.truth(account).balances.map(({ asset, total }) => [asset, rawOf(total)]))
  const wanted = new Map(balances.map(({ asset, amount }) => [asset, rawOf(amount)]))
  for (const asset of new Set([...held.keys(), ...wanted.keys()])) {
    const difference = (wanted.get(asset) ?? 0) - (held.get(asset) ?? 0)
    if (difference !== 0) exchange.post(account, { reason: 'transfer', asset, amount: amountFromRaw(difference) })
  }
  return { ok: true }
}

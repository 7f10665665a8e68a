/** Planted bugs: in one place of one file, one thing is done as it must not be. The patches beside this file are written from it. */
export interface Edit {
  readonly name: string
  readonly says: string
  readonly file: string
  /** Stands there exactly once. */
  readonly find: string
  readonly put: string
}

const engine = 'src-main/engine'
const sim = 'test/sim'
const line = 'src-main/venues/paper/line'

export const edits: readonly Edit[] = [
  {
    name: 'resend-on-timeout', says: 'The transport sends an order again when no answer comes', file: `${line}/transport.ts`,
    find: "        case 'unknown': return this.tell({ kind: 'send-unknown', ...told, why: judged.why })",
    put: "        case 'unknown':\n          if (raw.kind === 'broken') this.call(call, changeFaults, () => undefined)\n          return this.tell({ kind: 'send-unknown', ...told, why: judged.why })",
  },
  {
    name: 'epoch-part-lost', says: 'A list whose page failed is handed over as if it were whole', file: `${line}/fetch-epoch.ts`,
    find: "      if (page === undefined) return done({ ok: false, why: raw.kind === 'broken' ? raw.error : `status ${raw.status}` })",
    put: '      if (page === undefined) return done({ ok: true, items })',
  },
  {
    name: 'outbox-ignores-epoch', says: 'A send that a halt has overtaken leaves all the same', file: `${sim}/world/outbox.ts`,
    find: "request.sendEpoch < sendEpoch()) return stay(request)", put: 'request.sendEpoch < 0) return stay(request)',
  },
  {
    name: 'not-durable-before-send', says: 'An order does not wait for the record of its sending', file: `${engine}/placing.ts`,
    find: 'needs: sequence, order: id, sendEpoch', put: 'needs: 0, order: id, sendEpoch',
  },
  {
    name: 'needs-the-record-before', says: 'An order waits for the record before the one of its sending', file: `${engine}/placing.ts`,
    find: 'needs: sequence, order: id, sendEpoch', put: 'needs: sequence - 1, order: id, sendEpoch',
  },
  {
    name: 'failed-query-is-not-found', says: 'A question that failed counts as a search that found nothing', file: `${engine}/doubts.ts`,
    find: "      if (isInDoubt(order)) decide(core, { kind: 'order-looked-up', order: order.id, answer: 'failed', askedAt })\n      return",
    put: '      return takeNotFound(core, order, watched, askedAt)',
  },
  {
    name: 'window-not-waited-for', says: 'Absence is concluded while the order can still arrive', file: `${engine}/doubts.ts`,
    find: '  return Math.max(order.validUntil + clockErrorMs + absenceMarginMs, core.watch.trustedFrom)',
    put: '  return Math.max(order.validUntil - core.setup.timings.receiveWindowMs + 0 * (clockErrorMs + absenceMarginMs), 0)',
  },
  {
    name: 'one-search-is-proof', says: 'One search without a find, and no whole round, prove absence', file: `${engine}/doubts.ts`,
    find: '  if (watched.notFound < 2 || !watched.epochWithout) return', put: '  if (watched.notFound < 1) return',
  },
  {
    name: 'unknown-is-rejected', says: 'A send whose outcome is not known ends as rejected', file: `${engine}/outcomes.ts`,
    find: "  if (order?.status === 'sending') beginDoubt(core, order, report.why)",
    put: "  if (order?.status === 'sending') decide(core, { kind: 'order-rejected', order: order.id, proof: report.why })",
  },
  {
    name: 'refused-cancel-ends-order', says: 'A cancel that is refused is taken for the end of the order', file: `${engine}/outcomes.ts`,
    find: '  // A refusal proves nothing: it may be filled, gone, or not have been there yet. The venue is asked.\n',
    put: "  if (outcome === 'refused') {\n    decide(core, { kind: 'order-canceled', order: order.id, by: 'venue', why: detail })\n    return\n  }\n",
  },
  {
    name: 'accepted-cancel-ends-order', says: 'An accepted cancel ends the order before the venue shows it, fills or not', file: `${engine}/outcomes.ts`,
    find: "  watched.isCurious = true\n  if (outcome === 'unknown') wantEpoch(core, report.account, 'a cancel whose fate is not known')",
    put: "  watched.isCurious = true\n  if (outcome === 'accepted') decide(core, { kind: 'order-canceled', order: order.id, by: 'engine', why: 'acknowledged' })\n  if (outcome === 'unknown') wantEpoch(core, report.account, 'a cancel whose fate is not known')",
  },
  {
    name: 'fill-applied-twice', says: 'A trade that is told again counts again', file: `${engine}/trades.ts`,
    find: '  if (isKnown(core, account, trade)) return\n', put: '',
  },
  {
    name: 'stand-in-not-taken-back', says: 'The stand-in for a trade stays when the trade itself shows', file: `${engine}/trades.ts`,
    find: "  for (const fill of stood) decide(core, { kind: 'fill-superseded', order: order.id, trade: fill.trade })\n", put: '',
  },
  {
    name: 'trade-of-ended-order-dropped', says: 'A trade that comes after the end of its order is dropped', file: `${engine}/trades.ts`,
    find: "  admitExistence(core, order, trade.venueOrder)\n  applyReal(core, order, trade)",
    put: "  if (isTerminal(order.status)) return\n  admitExistence(core, order, trade.venueOrder)\n  applyReal(core, order, trade)",
  },
  {
    name: 'overfill-not-said', says: 'More is filled than was asked, and nobody says so', file: `${engine}/trades.ts`,
    find: "  if (isPositive(excess) && !isEqual(excess, order.overfill)) decide(core, { kind: 'overfill-seen', order: order.id, excess })", put: '  if (isPositive(excess) && isEqual(excess, order.overfill)) return',
  },
  {
    name: 'status-regress', says: 'A stream that shows an ended order as open opens it again', file: `${engine}/views.ts`,
    find: "  if (via !== 'query' || view.status !== 'open' ||", put: "  if (view.status !== 'open' ||",
  },
  {
    name: 'ends-without-its-fills', says: 'An order ends by its status before its fills were shown', file: `${engine}/endings.ts`,
    find: '  if (!ending.isProven || isLess(order.filled, ending.filled)) return\n', put: '  if (!ending.isProven || isLess(ending.filled, order.filled)) return\n',
  },
  {
    name: 'expired-is-filled', says: 'An expired order is taken for a filled one', file: `${engine}/endings.ts`,
    find: "      decide(core, { kind: 'order-expired', order: order.id, by: 'venue', venueAt })\n", put: "      decide(core, { kind: 'order-canceled', order: order.id, by: 'venue', why: 'filled' })\n",
  },
  {
    name: 'late-acceptance-stays', says: 'What is accepted after it was to be canceled stays at the venue', file: `${engine}/cancels.ts`,
    find: '  if (!isLive(order) || !order.isCancelWanted || !mayBeAtVenue(order)) return\n', put: '  if (!isLive(order) || order.isCancelWanted || !mayBeAtVenue(order)) return\n',
  },
  {
    name: 'held-anywhere-ends-here', says: 'What may be at the venue is called canceled without its word', file: `${engine}/cancels.ts`,
    find: '  if (mayBeAtVenue(order)) return cancelAtVenue(core, order, wish)\n', put: "  if (mayBeAtVenue(order) && order.status !== 'unknown') return cancelAtVenue(core, order, wish)\n",
  },
  {
    name: 'kill-forgets-cancels', says: 'A halt or kill blocks sends and cancels nothing', file: `${engine}/halting.ts`,
    find: '    if (!order.isExternal && !keepsProtecting(core, order))', put: '    if (order.isExternal && keepsProtecting(core, order))',
  },
  {
    name: 'halt-keeps-epoch', says: 'A halt does not raise the epoch of sends', file: `${engine}/apply.ts`,
    find: '  else state.sendEpoch += 1\n', put: "  else if (to === 'starting') state.sendEpoch += 1\n",
  },
  {
    name: 'id-made-again', says: 'After a restart ids are counted from the start of the run before', file: `${engine}/apply.ts`,
    find: '  state.runStartedAt = nextRunStart(state.runStartedAt, event.at)\n', put: '  state.runStartedAt = state.runStartedAt < 0 ? nextRunStart(state.runStartedAt, event.at) : state.runStartedAt\n',
  },
  {
    name: 'amend-loses-filled', says: 'An amend counts the new size without what was filled', file: `${engine}/apply-size.ts`,
    find: '    order.lots = order.amendTo.lots\n', put: '    order.lots = add(order.amendTo.lots, order.filled)\n',
  },
  {
    name: 'reducing-lets-all-through', says: 'While only reducing is allowed every order leaves', file: `${engine}/placing.ts`,
    find: "    if (reduces) return undefined\n", put: '    if (reduces || !isProtecting) return undefined\n',
  },
  {
    name: 'limit-without-in-flight', says: 'What is in flight or unknown does not count against the limits', file: `${engine}/exposure-feed.ts`,
    find: '  if (!mayBeAtVenue(order)) return book.dropOrder(order.id)\n', put: "  if (!mayBeAtVenue(order) || order.status === 'sending' || order.status === 'unknown') return book.dropOrder(order.id)\n",
  },
  {
    name: 'limit-without-orders', says: 'Only the position counts against the limit of the position', file: 'src-main/risk/reduction.ts',
    find: '  const long = tryAdd(ceiling, buying)\n', put: '  const long = tryAdd(ceiling, noLots)\n',
  },
  {
    name: 'stale-price-accepted', says: 'A price of any age lets new risk out', file: 'src-main/risk/review-price.ts',
    find: '  return age > ageMaxMs ?', put: '  return age > ageMaxMs * 1_000 ?',
  },
  {
    name: 'reduce-only-ignored', says: 'A reduce-only order is sent in its whole size', file: `${engine}/contingency/size.ts`,
    find: '  const lots = spec.reduceOnly === true ? minimum<Lots>(whole.value, sellable(closable, spec, facts, tradable)) : whole.value\n', put: '  const lots = whole.value\n',
  },
  {
    name: 'rounding-up-on-a-buy', says: 'A buy sized in cash is rounded up', file: `${engine}/contingency/size.ts`,
    find: "tryLotsFor(cash, price, scale, 'floor')", put: "tryLotsFor(cash, price, scale, 'ceil')",
  },
  {
    name: 'self-trade-let-through', says: 'Orders that meet one of ours leave', file: `${engine}/contingency/self-trade.ts`,
    find: '  if (met.length === 0) return', put: '  if (met.length >= 0) return',
  },
  {
    name: 'self-trade-forgets-unknown', says: 'An unknown order does not count as resting', file: `${engine}/contingency/self-trade.ts`,
    find: "new Set<OrderStatus>(['sending', 'working', 'partial', 'unknown', 'stuck'])", put: "new Set<OrderStatus>(['working', 'partial'])",
  },
  {
    name: 'oco-sibling-left', says: 'The other leg stays when one took everything', file: `${engine}/contingency/settle-group.ts`,
    find: "    if (leg.live.length > 0) return cancelPieces(leg.live, why, settling)\n", put: '    if (leg.live.length > 0) return []\n',
  },
  {
    name: 'stop-not-resized', says: 'A stop keeps its size when more of the entry fills', file: `${engine}/contingency/piece.ts`,
    find: "    return [{ kind: 'resize-order', order: only.id, lots: add<Lots>(only.lots, lots), why: 'more of the entry was filled' }]\n", put: '    return []\n',
  },
  {
    name: 'stop-not-shrunk', says: 'A stop keeps its size when an exit filled', file: `${engine}/contingency/piece.ts`,
    find: '  if (isMore<Lots>(leg.covered, lots)) return shrink(leg, lots, settling)\n', put: '  if (isMore<Lots>(leg.covered, lots)) return []\n',
  },
  {
    name: 'fee-in-the-wrong-asset', says: 'Every fee is booked in the quote currency', file: `${engine}/accounting/fill-log.ts`,
    find: 'movement(feeAsset, ', put: "movement(this.#form.pairs[0]?.instrument.quote ?? '', ",
  },
  {
    name: 'fee-forgotten', says: 'The fee of a maker is not booked', file: `${engine}/accounting/fill-log.ts`,
    find: 'postings: isZero(fee) ?', put: "postings: isZero(fee) || step.trade.liquidity === 'maker' ?",
  },
  {
    name: 'funding-with-the-wrong-sign', says: 'What funding takes is booked as received', file: `${engine}/accounting/account-books.ts`,
    find: "    this.#book(movement(asset, account, 'wallet', amount), at)\n",
    put: "    this.#book(reason === 'funding' ? movement(asset, 'wallet', account, amount) : movement(asset, account, 'wallet', amount), at)\n",
  },
  {
    name: 'fee-in-the-coin-leaves-the-position', says: 'A fee in the coin itself is not taken off what is held of it', file: `${engine}/accounting/holding.ts`,
    find: '  return form.coin === trade.feeAsset ?', put: '  return form.coin === undefined ?',
  },
  {
    name: 'pairs-apart', says: 'What a pair sells beyond its own opens a short position there', file: `${engine}/accounting/holding.ts`,
    find: "  const lent = lentBy(before, form, beyondOwn(own.lots, signed), place, 'exchanged')\n", put: "  const lent = lentBy(before, form, noLots, place, 'exchanged')\n",
  },
  {
    name: 'posting-leaves-the-position', says: 'A coin that comes or goes without a trade changes no position', file: `${engine}/accounting/account-books.ts`,
    find: '    if (this.#holdings.isCoin(asset)) this.#holdings.move(', put: "    if (this.#holdings.isCoin(asset) && reason === 'interest') this.#holdings.move(",
  },
  {
    name: 'coin-sold-twice', says: 'What an order of one pair is about to sell may be sold in the other as well', file: 'src-main/risk/review-order.ts',
    find: '  return free === undefined || (needed.ok && !isMore(needed.value, free))\n', put: '  return free === undefined || needed.ok\n',
  },
  {
    name: 'posting-twice', says: 'Money that is told twice is booked twice', file: `${engine}/epochs.ts`,
    find: 'known.references.has(posting.reference) || ', put: '',
  },
  {
    name: 'float-sum', says: 'Profit is summed in floating point', file: `${engine}/accounting/account-books.ts`,
    find: "    return this.#ledger.sum(asset, 'wallet')\n", put: "    return (((this.#ledger.sum(asset, 'wallet') as unknown as number) / 1e8) * 1.1 / 1.1) * 1e8 as unknown as Amount\n",
  },
  {
    name: 'absent-from-list-is-canceled', says: 'An order that no list shows counts as canceled', file: `${engine}/epochs.ts`,
    find: "    case 'order-missing': {\n      orderWatch(core, order).isCurious = true\n",
    put: "    case 'order-missing': {\n      decide(core, { kind: 'order-canceled', order: order.id, by: 'venue', why: 'no list shows it' })\n",
  },
  {
    name: 'empty-is-flat', says: 'A round with failed parts is judged as if they were empty', file: 'src-main/reconcile/reconcile.ts',
    find: "  if (!openOrders.ok || !closedOrders.ok || !trades.ok || !postings.ok || failures.length > 0) {\n    return { outcome: 'inconclusive', detail: failures.join('; ') }\n  }\n",
    put: "  if (failures.length > 5) return { outcome: 'inconclusive', detail: failures.join('; ') }\n  for (const part of [openOrders, closedOrders, trades, postings]) if (!part.ok) Object.assign(part, { ok: true, items: [] })\n  if (!openOrders.ok || !closedOrders.ok || !trades.ok || !postings.ok) return { outcome: 'inconclusive', detail: '' }\n",
  },
  {
    name: 'missed-trades-not-taken', says: 'Trades that only a question shows are left out', file: 'src-main/reconcile/explain-trades.ts',
    find: "    findings.push({ kind: 'trade-missed', order: owner.order, trade })\n", put: '',
  },
  {
    name: 'cancels-external', says: 'Cancel-all takes the orders of others along', file: `${engine}/commands.ts`,
    find: '(includeExternal === true || !order.isExternal)', put: '(includeExternal !== false || !order.isExternal)',
  },
  {
    name: 'unreadable-is-rejected', says: 'An answer that cannot be read counts as a rejection', file: 'src-main/venues/outcome/judge-send.ts',
    find: '  return unknown(venueErrorOf(call, read, codes)?.detail ?? `HTTP ${call.status}`)\n', put: "  return { kind: 'rejected', proof: venueErrorOf(call, read, codes)?.detail ?? `HTTP ${call.status}` }\n",
  },
  {
    name: 'duplicate-id-is-rejected', says: 'That an id is there already counts as a rejection', file: 'src-main/venues/outcome/judge-send.ts',
    find: '    if (codes.rejected.has(read.code) && call.status < 500)', put: '    if ((codes.rejected.has(read.code) || codes.duplicate.has(read.code)) && call.status < 500)',
  },
  {
    name: 'acceptance-of-another-order', says: 'An acceptance that names another order counts for this one', file: 'src-main/venues/outcome/judge-send.ts',
    find: 'return read.value.clientId === ourId ? {', put: 'return read.value.clientId !== "" ? {',
  },
  {
    name: 'failed-lookup-is-not-found', says: 'Any failed look-up counts as not found', file: 'src-main/venues/outcome/judge-question.ts',
    find: "  return isSearched ? { kind: 'not-found' } : { kind: 'failed', why: whyFailed(call, read, codes) }\n", put: "  return isSearched || call.kind === 'unanswered' ? { kind: 'not-found' } : { kind: 'failed', why: whyFailed(call, read, codes) }\n",
  },
  {
    name: 'fee-booked-twice', says: 'A fee is booked twice', file: `${engine}/accounting/fill-log.ts`,
    find: "[...change.postings, ...movement(feeAsset, 'wallet', 'fees', fee)]",
    put: "[...change.postings, ...movement(feeAsset, 'wallet', 'fees', fee), ...movement(feeAsset, 'wallet', 'fees', fee)]",
  },
  {
    name: 'trail-never-follows', says: 'A trailing stop stays where it began', file: `${engine}/contingency/trail.ts`,
    find: '  return isBetter ? wanted : undefined',
    put: '  return isBetter && stop === wanted ? wanted : undefined',
  },
  {
    name: 'pulled-from-the-wrong-side', says: 'A stop to buy fires below its trigger', file: `${engine}/contingency/trigger-watch.ts`,
    find: "const stopFrom = (side: Side): 'above' | 'below' => (side === 'buy' ? 'above'",
    put: "const stopFrom = (side: Side): 'above' | 'below' => (side === 'buy' ? 'below'",
  },
  {
    name: 'gtd-ignored', says: 'A date of an order is ignored', file: `${engine}/contingency/expiry.ts`,
    find: "  if (spec.timeInForce === 'gtd') return spec.expiresAt\n",
    put: "  if (spec.timeInForce === 'gtd') return undefined\n",
  },
  {
    name: 'post-only-dropped', says: 'Post-only is not said to the venue', file: `${engine}/contingency/placement.ts`,
    find: '    postOnly: spec.postOnly === true && tradable.abilities.postOnly && hasLimit,',
    put: '    postOnly: spec.postOnly === true && tradable.abilities.postOnly && hasTrigger,',
  },
  {
    name: 'display-dropped', says: 'An iceberg is sent with all of it shown', file: `${engine}/contingency/placement.ts`,
    find: "tradable.abilities.iceberg && type === 'limit' ?",
    put: "tradable.abilities.iceberg && type !== 'limit' ?",
  },
  {
    name: 'limit-off-by-one', says: 'A buy is sent a tick above its limit', file: `${engine}/contingency/placement.ts`,
    find: '...(hasLimit && seen.limit !== undefined ? { limit: seen.limit } : {}),',
    put: "...(hasLimit && seen.limit !== undefined ? { limit: (spec.side === 'buy' && spec.trigger === undefined ? Number(seen.limit) + 1 : seen.limit) as typeof seen.limit } : {}),",
  },
  {
    name: 'price-rounded-inward', says: 'A trailing stop in percent is rounded towards the price', file: `${engine}/contingency/trail.ts`,
    find: "? tryMulDiv<Ticks, Rate>(price, subtract<Rate>(one, distance.rate), one, 'floor')",
    put: "? tryMulDiv<Ticks, Rate>(price, subtract<Rate>(one, distance.rate), one, 'ceil')",
  },
  {
    name: 'lifo', says: 'Lots are closed last in, first out', file: `${engine}/accounting/position.ts`,
    find: "  if (method === 'fifo' || head === undefined) return withPiece(pieces, { lots, cost })\n",
    put: "  if (head === undefined) return withPiece(pieces, { lots, cost })\n  if (method === 'fifo') return queueOf([{ lots, cost }, ...piecesOf(pieces)])\n",
  },
  {
    name: 'replay-skips-money', says: 'A replay forgets that money was posted', file: `${engine}/trading-engine.ts`,
    find: '    this.#core.at = event.at\n    enact(this.#core, event)\n',
    put: "    this.#core.at = event.at\n    if (event.kind !== 'money-posted') enact(this.#core, event)\n",
  },
  {
    name: 'kill-keeps-held', says: 'A kill leaves what waits in the engine', file: `${engine}/halting.ts`,
    find: '  if (protects(core, order)) return true\n',
    put: "  if (order.status === 'held' || protects(core, order)) return true\n",
  },
  {
    name: 'reverse-once', says: 'A reversal only closes', file: `${engine}/position-plans.ts`,
    find: 'lots: add(size, size) }',
    put: 'lots: size }',
  },
  {
    name: 'amend-unfiltered', says: 'An amend passes the filters of the venue', file: 'src-main/risk/review-order.ts',
    find: '  if (filtered !== undefined) return fail(filtered)\n',
    put: '  if (filtered !== undefined && order.isNew) return fail(filtered)\n',
  },
  {
    name: 'epoch-without-balances', says: 'A round without its balances counts as clean', file: 'src-main/reconcile/reconcile.ts',
    find: "  ...failureOf('balances', epoch.balances),\n",
    put: '',
  },
  {
    name: 'cancel-all-one-side', says: 'Cancel-all of one side takes both', file: `${engine}/commands.ts`,
    find: '    && (side === undefined || order.spec.side === side)',
    put: '    && (side === undefined || order.spec.side !== undefined)',
  },
  {
    name: 'order-rate-ignored', says: 'Nothing limits how many orders leave in a second', file: 'src-main/risk/review-order.ts',
    find: '  if (inSecond >= limits.ordersPerSecond) return',
    put: '  if (inSecond >= limits.ordersPerSecond * 1_000) return',
  },
]

import { rawOf } from '../../../base/index.ts'
import { signOf, type VenueTrade } from '../../../domain/index.ts'
import type { PositionMove } from './money-fold.ts'
import { tripsOfRecord, type TripDraft, type TripsTable } from './trips-table.ts'

/**
 * Cuts the life of a position at its flats. It must never lose a minor unit of profit: what the trips of a position realised is what the position did.
 * Invariants: 1 at most the newest trip of a position is open, and it holds the position's lots; 2 a trade that was taken back leaves no trip that never was: where it opened or
 * closed the newest one, that is undone.
 */
export interface TripStep {
  readonly sequence: number
  readonly at: number
  readonly account: string
  readonly move: PositionMove
  readonly cause:
    | { readonly is: 'fill'; readonly trade: VenueTrade }
    | { readonly is: 'taken-back'; readonly trade: VenueTrade; readonly booked: number | undefined }
    | { readonly is: 'opening' }
    | { readonly is: 'split' }
}

export function followPosition(trips: TripsTable, step: TripStep): void {
  const { account, move: { instrument, positionSide } } = step
  const [newest, before] = trips.newest(account, instrument, positionSide)
  if (step.cause.is === 'taken-back') return takeBack(trips, step, step.cause, newest, before)
  const isOpen = newest?.state === 'open'
  if (newest === undefined || !isOpen) return step.move.after === 0 ? countProfit(trips, newest, step) : begin(trips, step, newest, share(step, 1n, 1n))
  const crosses = step.move.before * step.move.after < 0
  if (!crosses) return carryOn(trips, newest, step)
  // Through flat: the part that closes ends the one, the rest begins the next.
  const [closing, whole] = [BigInt(Math.abs(step.move.before)), BigInt(Math.abs(step.move.after - step.move.before))]
  const first = share(step, closing, whole)
  close(count(newest, step, first), step)
  newest.realised += step.move.realised
  trips.keep(newest)
  begin(trips, { ...step, move: { ...step.move, before: 0, realised: 0 } }, newest, restOf(step, first))
}

interface Share {
  readonly lots: number
  readonly value: bigint
  readonly fee: number
}

/** Of a trade; the money of its fee is split without a rest. */
function share({ cause, move }: TripStep, part: bigint, whole: bigint): Share {
  if (cause.is !== 'fill' && cause.is !== 'taken-back') return { lots: 0, value: 0n, fee: 0 }
  const lots = part === whole ? rawOf(cause.trade.lots) : Math.abs(move.before)
  return { lots, value: BigInt(rawOf(cause.trade.price)) * BigInt(lots), fee: Number((BigInt(rawOf(cause.trade.fee)) * part) / whole) }
}

function restOf(step: TripStep, first: Share): Share {
  const all = share(step, 1n, 1n)
  return { lots: all.lots - first.lots, value: all.value - first.value, fee: all.fee - first.fee }
}

function begin(trips: TripsTable, step: TripStep, newest: TripDraft | undefined, part: Share): void {
  const { sequence, at, account, move: { instrument, positionSide, after, realised }, cause } = step
  const first = sequence * tripsOfRecord
  // An opening has several positions, and its trips need places of their own.
  const place = cause.is === 'opening' ? freePlace(trips, first) : Math.max(first, (newest?.place ?? 0) + 1)
  const trip: TripDraft = {
    place, account, instrument, positionSide, direction: after > 0 ? 'long' : 'short', state: 'open', openedAt: at, closedAt: null, lots: after,
    lotsMax: Math.abs(after), fills: 0, realised, openedBy: sequence, closedBy: null, entryLots: 0, entryValue: '0', exitLots: 0, exitValue: '0', fees: {}, funding: {},
    isOpening: cause.is === 'opening', isCorrected: cause.is === 'taken-back',
  }
  trips.keep(cause.is === 'fill' ? count(trip, step, part) : trip)
}

function freePlace(trips: TripsTable, first: number): number {
  const [highest] = trips.list({ limit: 1 }).rows
  return Math.max(first, (highest?.place ?? 0) + 1)
}

function carryOn(trips: TripsTable, trip: TripDraft, step: TripStep): void {
  const { after, realised } = step.move
  Object.assign(trip, { lots: after, lotsMax: Math.max(trip.lotsMax, Math.abs(after)), realised: trip.realised + realised })
  if (step.cause.is === 'fill') count(trip, step, share(step, 1n, 1n))
  if (after === 0) close(trip, step)
  trips.keep(trip)
}

/** Profit that changed while the position is and stays flat. */
function countProfit(trips: TripsTable, newest: TripDraft | undefined, { move }: TripStep): void {
  if (newest === undefined) return
  newest.realised += move.realised
  trips.keep(newest)
}

function close(trip: TripDraft, { at, sequence }: TripStep): void {
  Object.assign(trip, { state: 'closed', lots: 0, closedAt: at, closedBy: sequence })
}

function count(trip: TripDraft, { cause }: TripStep, { lots, value, fee }: Share, sign: 1 | -1 = 1): TripDraft {
  if (cause.is !== 'fill' && cause.is !== 'taken-back') return trip
  const { trade } = cause
  const isEntry = signOf(trade.side) > 0 === (trip.direction === 'long')
  if (isEntry) Object.assign(trip, { entryLots: trip.entryLots + sign * lots, entryValue: String(BigInt(trip.entryValue) + BigInt(sign) * value) })
  else Object.assign(trip, { exitLots: trip.exitLots + sign * lots, exitValue: String(BigInt(trip.exitValue) + BigInt(sign) * value) })
  trip.fills += sign
  trip.fees = addedTo(trip.fees, trade.feeAsset, sign * fee)
  return trip
}

/** A fee of nothing names no asset. */
export function addedTo(sums: Readonly<Record<string, number>>, asset: string, amount: number): Readonly<Record<string, number>> {
  const sum = (sums[asset] ?? 0) + amount
  const { [asset]: _, ...others } = sums
  const entries = Object.entries(sum === 0 ? others : { ...others, [asset]: sum })
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function takeBack(
  trips: TripsTable, step: TripStep, cause: Extract<TripStep['cause'], { readonly is: 'taken-back' }>, newest: TripDraft | undefined, before: TripDraft | undefined,
): void {
  const { after, realised } = step.move
  const isOfNewest = newest !== undefined && cause.booked !== undefined && cause.booked >= newest.openedBy
  if (!isOfNewest) takeFromOlder(trips, step, cause.booked)
  if (newest === undefined || (!isOfNewest && newest.state === 'closed')) {
    // It was part of one that is long over: what that leaves is a position of its own.
    return after === 0 ? countProfit(trips, newest, step) : begin(trips, step, newest, { lots: 0, value: 0n, fee: 0 })
  }
  const beganByFlip = cause.booked === newest.openedBy && before?.closedBy === newest.openedBy
  if (beganByFlip && before !== undefined && newest.fills === 1) return undoFlip(trips, step, newest, before)
  if (isOfNewest) count(newest, step, share(step, 1n, 1n), -1)
  newest.realised += realised
  newest.isCorrected = true
  // The last of its trades is gone: it never was.
  if (newest.fills === 0 && !newest.isOpening && after === 0) {
    trips.remove(newest.place)
    if (newest.realised !== 0) countProfit(trips, before, { ...step, move: { ...step.move, realised: newest.realised } })
    return
  }
  Object.assign(newest, { state: 'open', lots: after, closedAt: null, closedBy: null })
  if (after === 0) close(newest, step)
  trips.keep(newest)
}

/** One that is over keeps its beginning and its end; its trades are counted without it. */
function takeFromOlder(trips: TripsTable, step: TripStep, booked: number | undefined): void {
  const { account, move: { instrument, positionSide } } = step
  const older = booked === undefined ? undefined : trips.at(account, instrument, positionSide, booked)
  if (older === undefined) return
  count(older, step, share(step, 1n, 1n), -1)
  older.isCorrected = true
  trips.keep(older)
}

function undoFlip(trips: TripsTable, step: TripStep, newest: TripDraft, before: TripDraft): void {
  const { after, realised } = step.move
  trips.remove(newest.place)
  const all = share(step, 1n, 1n)
  const fee = newest.fees[(step.cause as { readonly trade: VenueTrade }).trade.feeAsset] ?? 0
  count(before, step, { lots: all.lots - newest.entryLots, value: all.value - BigInt(newest.entryValue), fee: all.fee - fee }, -1)
  Object.assign(before, { state: 'open', lots: after, closedAt: null, closedBy: null, realised: before.realised + newest.realised + realised, isCorrected: true })
  if (after === 0) close(before, step)
  trips.keep(before)
}

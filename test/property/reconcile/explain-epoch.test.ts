import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lotsFromRaw, rawOf } from '../../../src-main/base/index.ts'
import type { VenueOrderView, VenueTrade } from '../../../src-main/domain/index.ts'
import { explainEpoch } from '../../../src-main/reconcile/index.ts'
import type { Finding, OurAccount } from '../../../src-main/reconcile/index.ts'
import { askedAt, books, epoch, orderId, ourOrder, rules, trade, view } from '../../unit/reconcile/account-rig.ts'

const cases = process.env['BALLAST_DEEP'] === undefined ? 1_000 : 20_000

/** What happened at a venue, and which of it our books have heard of. */
interface Past {
  readonly orders: readonly {
    readonly trades: readonly { readonly lots: number; readonly isKnown: boolean; readonly isShown: boolean }[]
    readonly isOpen: boolean
    readonly isOurs: boolean
  }[]
}

const past: fc.Arbitrary<Past> = fc.record({
  orders: fc.array(
    fc.record({
      trades: fc.array(fc.record({ lots: fc.integer({ min: 1, max: 50 }), isKnown: fc.boolean(), isShown: fc.boolean() }), { maxLength: 5 }),
      isOpen: fc.boolean(),
      isOurs: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  ),
})

interface Scene {
  readonly ours: OurAccount
  readonly views: readonly VenueOrderView[]
  readonly trades: readonly VenueTrade[]
}

const withoutOurId = <Item extends { readonly order?: unknown }>(item: Item): Item => {
  const { order: _, ...rest } = item
  return rest as Item
}

const sceneOf = ({ orders }: Past): Scene => {
  const views: VenueOrderView[] = []
  const shown: VenueTrade[] = []
  const known: VenueTrade[] = []
  const ourOrders = orders.flatMap((order, number) => {
    const all = order.trades.map(({ lots }, index) => trade(number, `t${number}-${index}`, lots, { at: askedAt - 90_000 + index }))
    const filled = order.trades.reduce((sum, { lots }) => sum + lots, 0)
    const mark = order.isOurs ? <Item extends { readonly order?: unknown }>(item: Item): Item => item : withoutOurId
    views.push(mark(view(number, { status: order.isOpen ? 'open' : 'canceled', filled, lots: filled + 10 })))
    // What the books know a venue shows too: a trade does not go away.
    shown.push(...all.filter((_each, index) => order.trades[index]?.isShown === true || (order.isOurs && order.trades[index]?.isKnown === true)).map(mark))
    if (!order.isOurs) return []
    const knownHere = all.filter((_each, index) => order.trades[index]?.isKnown === true)
    known.push(...knownHere)
    return [ourOrder(number, { filled: knownHere.reduce((sum, { lots }) => sum + rawOf(lots), 0) })]
  })
  return { ours: books({ orders: ourOrders, trades: known }), views, trades: shown }
}

const explained = (ours: OurAccount, views: readonly VenueOrderView[], trades: readonly VenueTrade[]): readonly Finding[] => {
  const answer = explainEpoch(ours, epoch({ open: views.filter(({ status }) => status === 'open'), closed: views.filter(({ status }) => status !== 'open'), trades }), rules)
  if (answer.outcome !== 'explained') throw new Error(answer.detail)
  return answer.findings
}

test('after the findings are applied every order of ours has exactly what the venue counts, and nothing is found twice', () => {
  fc.assert(
    fc.property(past, (given) => {
      const { ours, views, trades } = sceneOf(given)
      const found = explained(ours, views, trades)
      given.orders.forEach((order, number) => {
        if (!order.isOurs) return
        const before = rawOf(ours.orderOf(orderId(number))?.filled ?? lotsFromRaw(0))
        const added = found.reduce((sum, finding) => {
          if (finding.kind === 'trade-missed' || finding.kind === 'fill-inferred') return finding.order === orderId(number) ? sum + rawOf(finding.trade.lots) : sum
          return sum
        }, 0)
        expect(before + added).toBe(order.trades.reduce((sum, { lots }) => sum + lots, 0))
      })
      const ids = found.flatMap((finding) => ('trade' in finding ? [`${finding.kind} ${finding.trade.trade}`] : []))
      expect(new Set(ids).size).toBe(ids.length)
    }),
    { numRuns: cases },
  )
})

test('nothing is found twice: with the missed trades in the books a second round finds none of them', () => {
  fc.assert(
    fc.property(past, (given) => {
      const { ours, views, trades } = sceneOf(given)
      const found = explained(ours, views, trades)
      const applied = found.flatMap((finding) => (finding.kind === 'trade-missed' || finding.kind === 'fill-inferred' ? [finding] : []))
      const orders = ours.openOrders.map((order) => {
        const mine = applied.filter((finding) => finding.order === order.order)
        return {
          ...order,
          filled: lotsFromRaw(mine.reduce((sum, finding) => sum + rawOf(finding.trade.lots), rawOf(order.filled))),
          inferred: mine.filter(({ kind }) => kind === 'fill-inferred').map((finding) => finding.trade),
        }
      })
      const after = { ...books({ orders }), knows: (told: VenueTrade) => (ours.knows(told) === 'same' || applied.some((finding) => finding.trade.trade === told.trade) ? 'same' as const : 'not' as const) }
      const again = explained(after, views, trades).map(({ kind }) => kind)
      expect(again).not.toContain('trade-missed')
      expect(again).not.toContain('fill-inferred')
      expect(again).not.toContain('fill-superseded')
    }),
    { numRuns: cases },
  )
})

test('the order and the number of times in which things are told change nothing', () => {
  fc.assert(
    fc.property(past, fc.integer(), (given, seed) => {
      const { ours, views, trades } = sceneOf(given)
      const mixed = <Item>(items: readonly Item[]): readonly Item[] =>
        items.map((item, index) => ({ item, key: Math.imul(seed ^ (index + 1), 0x9e3779b1) })).sort((a, b) => a.key - b.key).map(({ item }) => item)
      expect(explained(ours, mixed([...views, ...views]), mixed([...trades, ...trades]))).toEqual(explained(ours, views, trades))
    }),
    { numRuns: cases },
  )
})

test('what others placed never becomes a fill of ours', () => {
  fc.assert(
    fc.property(past, (given) => {
      const { ours, views, trades } = sceneOf(given)
      const strangers = new Set(given.orders.flatMap((order, number) => (order.isOurs ? [] : [`v${number}`])))
      for (const finding of explained(ours, views, trades)) {
        if (finding.kind === 'trade-missed' || finding.kind === 'fill-inferred') expect(strangers.has(finding.trade.venueOrder)).toBe(false)
      }
    }),
    { numRuns: cases },
  )
})

import { useMemo, useRef, type ReactNode } from 'react'
import { hasEnded, type PastCommand, type PastOrder } from '../../../src-preload/contract/index.ts'
import { pastOrders, pastRefusals, withLive } from '../../stores/trading-past.ts'
import { useOrders } from '../../stores/trading-orders.ts'
import { askWhy } from '../../stores/why-order.ts'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { useTradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { ListState } from './list-state.tsx'
import { historyColumns, orderLook, orderSearched, rowOfPast, rowOfRefused, type OrderRow } from './order-columns.tsx'
import { PastNote } from './past-note.tsx'

const keyOf = ({ key }: OrderRow): string => key
const openWhy = ({ id }: OrderRow): void => (id === null ? undefined : askWhy(id))
const none: readonly never[] = []

/** Every order that has ended, and what was refused before it became one. */
export function HistoryPanel(): ReactNode {
  const words = useTradingWords()
  const { text } = words
  const root = useRef<HTMLDivElement>(null)
  const isShown = useShown(root)
  useHold(pastOrders.hold, isShown)
  useHold(pastRefusals.hold, isShown)
  const facts = pastOrders.use()
  const rows = useHistoryRows(facts.rows ?? none, pastRefusals.use(({ rows: refused }) => refused) ?? none)
  const columns = useMemo(() => historyColumns(words), [words])
  const searched = useMemo(() => orderSearched(words), [words])
  return (
    <div className="list-state" ref={root}>
      <ListState hasCome={facts.rows !== undefined} error={facts.error} hold={pastOrders.hold} title={text('screen.history.empty')} next={text('screen.history.empty.next')}>
        <DataTable
          tableId="history" label={text('screen.panel.history')} {...{ columns, rows, keyOf, searched }} sortedBy="time" rowLook={orderLook} onOpen={openWhy}
          empty={<PanelMessage title={text('screen.history.empty')}>{text('screen.history.empty.next')}</PanelMessage>} note={<PastNote facts={facts} />}
        />
      </ListState>
    </div>
  )
}

const made = new WeakMap<PastOrder | PastCommand, OrderRow>()

function madeOnce<Source extends PastOrder | PastCommand>(source: Source, rowOf: (source: Source) => OrderRow): OrderRow {
  const known = made.get(source) ?? rowOf(source)
  made.set(source, known)
  return known
}

function useHistoryRows(past: readonly PastOrder[], refused: readonly PastCommand[]): readonly OrderRow[] {
  const live = useOrders((facts) => facts.orders)
  return useMemo(() => {
    const orders = past.flatMap((order) => {
      const now = withLive(order, live.get(order.id))
      return hasEnded(now.status) ? [madeOnce(now, rowOfPast)] : []
    })
    // Where the refused one became an order after all, that tells more.
    const known = new Set(orders.filter(({ status }) => status === 'denied').map(({ at, instrument }) => `${at} ${instrument}`))
    const early = refused.filter(({ at, instrument }) => !known.has(`${at} ${instrument ?? ''}`)).map((command) => madeOnce(command, rowOfRefused))
    return early.length === 0 ? orders : [...early, ...orders]
  }, [past, refused, live])
}

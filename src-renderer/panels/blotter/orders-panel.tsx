import { useCallback, useMemo, useRef, type ReactNode } from 'react'
import { hasEnded } from '../../../src-preload/contract/index.ts'
import { act } from '../../stores/trading-hand.ts'
import { holdOrders, useOrders } from '../../stores/trading-orders.ts'
import { askWhy } from '../../stores/why-order.ts'
import { Button } from '../../ui/button.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { useTradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { ActNote } from './act-note.tsx'
import { ListState } from './list-state.tsx'
import { orderLook, orderSearched, rowOfOrder, workingColumns, type OrderRow } from './order-columns.tsx'
import { useSameRows } from './use-same-rows.ts'

const keyOf = ({ key }: OrderRow): string => key
const openWhy = ({ id }: OrderRow): void => (id === null ? undefined : askWhy(id))
const acts = ['trading.cancel', 'trading.amend'] as const

/** Every order that has not ended, and for a minute those that have. */
export function OrdersPanel(): ReactNode {
  const words = useTradingWords()
  const { text } = words
  const root = useRef<HTMLDivElement>(null)
  useHold(holdOrders, useShown(root))
  const { revision, orders, error } = useOrders()
  const rows = useSameRows(orders, rowOfOrder)
  const columns = useMemo(() => workingColumns(words), [words])
  const searched = useMemo(() => orderSearched(words), [words])
  const actions = useCallback((row: OrderRow) => <OrderActions row={row} />, [])
  const cancel = useCancel()
  const onKey = useCallback((row: OrderRow, key: string) => {
    if (key !== 'Delete') return false
    cancel(row)
    return true
  }, [cancel])
  return (
    <div className="list-state" ref={root}>
      <ListState hasCome={revision !== undefined} error={error} hold={holdOrders} title={text('screen.orders.empty')} next={text('screen.orders.empty.next')}>
        <DataTable
          tableId="orders" label={text('screen.panel.orders')} {...{ columns, rows, keyOf, searched, actions, onKey }} sortedBy="time" actionsWidth={112} rowLook={orderLook} onOpen={openWhy}
          empty={<PanelMessage title={text('screen.orders.empty')}>{text('screen.orders.empty.next')}</PanelMessage>} note={<ActNote names={acts} />}
        />
      </ListState>
    </div>
  )
}

const canCancel = ({ status, cancel }: OrderRow): boolean => !hasEnded(status) && cancel === 'none'

function useCancel(): (row: OrderRow) => void {
  const { bridge } = useScreen()
  return useCallback((row: OrderRow) => {
    if (row.id !== null && canCancel(row)) void act(bridge, 'trading.cancel', row.id, { order: row.id })
  }, [bridge])
}

function OrderActions({ row }: { readonly row: OrderRow }): ReactNode {
  const { text } = useTradingWords()
  const cancel = useCancel()
  return (
    <>
      {canCancel(row) && <Button size="small" look="ghost" tabIndex={-1} aria-label={text('screen.orders.cancel.of', { instrument: row.instrument })} onClick={() => cancel(row)}>{text('screen.orders.cancel')}</Button>}
      <Button size="small" look="ghost" tabIndex={-1} aria-label={text('screen.why.of', { instrument: row.instrument })} onClick={() => openWhy(row)}>{text('screen.why.short')}</Button>
    </>
  )
}

import { useState, type ReactNode } from 'react'
import type { InstrumentView, OrderView } from '../../../src-preload/contract/index.ts'
import { printSteps, stepsTowards } from '../../format/price.ts'
import { act } from '../../stores/trading-hand.ts'
import { useTradingSafety } from '../../stores/trading-safety.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { OrderSign, orderLook } from '../../ui/order-sign.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import { typedText } from './typed-text.ts'

interface TicketOrderProps {
  readonly order: OrderView
  readonly instrument: InstrumentView
}

/** An open order: what it is, how it stands, and how it is changed or canceled. */
export function TicketOrder({ order, instrument }: TicketOrderProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const [isOpen, setOpen] = useState(false)
  const size = order.lots === 0 ? '' : printSteps(locale, order.lots, instrument.lot)
  const price = order.limit ?? order.trigger?.price
  const words = text('screen.ticket.order', { side: text(`order.side.${order.side}`), size, type: text(`order.type.${order.type}`).toLowerCase() })
  const isCanceling = order.isCancelWanted || order.cancel !== 'none'
  return (
    <li className={`ticket-order ${order.status === 'unknown' || order.status === 'stuck' ? 'hatch' : ''}`} data-order={order.id} data-status={order.status}>
      <p>
        <span className={`grow ticket-ink-${order.side}`}>{words}</span>
        {price !== null && price !== undefined && <span className="num">{printSteps(locale, price, instrument.tick)}</span>}
      </p>
      <p className="t11">
        <span className={`grow state-word ${orderLook(order)}`} title={text(`order.status.${order.status}.means`)}>
          <OrderSign order={order} />{statusText(order)}
          {order.filled > 0 && ` ${text('screen.ticket.filled-of', { filled: printSteps(locale, order.filled, instrument.lot), size })}`}
        </span>
        {price !== null && price !== undefined && order.trail === null && (
          <Button size="small" look="ghost" disabled={isCanceling} aria-expanded={isOpen} aria-label={text('screen.ticket.change.label', { order: words })} onClick={() => setOpen(!isOpen)}>
            {text('screen.ticket.change')}
          </Button>
        )}
        <Button
          size="small" look="ghost" disabled={isCanceling} aria-label={text('screen.ticket.cancel.label', { order: words })}
          onClick={() => void act(bridge, 'trading.cancel', order.id, { order: order.id })}
        >
          {text('screen.ticket.cancel')}
        </Button>
      </p>
      {isOpen && price !== null && price !== undefined && <ChangeFields order={order} instrument={instrument} price={price} onDone={() => setOpen(false)} />}
    </li>
  )

  function statusText({ amend, status }: OrderView): string {
    if (isCanceling) return text('screen.ticket.canceling')
    return amend === 'none' ? text(`order.status.${status}`) : text('screen.ticket.changing')
  }
}

/** Price and whole quantity anew. What is left as it was is not asked for. */
function ChangeFields({ order, instrument, price, onDone }: TicketOrderProps & { readonly price: number; readonly onDone: () => void }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const isAsked = useTradingSafety(({ confirms }) => confirms.amend)
  const [typed, setTyped] = useState({ price: typedText(locale, price, instrument.tick), size: typedText(locale, order.lots, instrument.lot) })
  const ticks = stepsTowards(locale, typed.price, instrument.tick, order.side === 'buy' ? 'down' : 'up')?.steps
  const lots = stepsTowards(locale, typed.size, instrument.lot, 'down')?.steps
  const isWhole = ticks !== undefined && ticks > 0 && lots !== undefined && lots > 0
  const change = isWhole ? {
    ...(ticks === price ? {} : order.limit === null ? { trigger: ticks } : { limit: ticks }),
    ...(lots === order.lots ? {} : { lots }),
  } : {}
  const isChanged = Object.keys(change).length > 0
  const send = (): void => {
    if (!isChanged) return
    void act(bridge, 'trading.amend', order.id, { order: order.id, ...change })
    onDone()
  }
  const sure = !isWhole ? '' : text('screen.ticket.sure.change', { size: printSteps(locale, lots, instrument.lot), price: printSteps(locale, ticks, instrument.tick) })
  return (
    <div className="ticket-change" role="group" aria-label={text('screen.ticket.change')}>
      {(['price', 'size'] as const).map((name) => (
        <span key={name} className="ticket-input">
          <input
            className="num" inputMode="decimal" autoComplete="off" aria-label={text(`screen.ticket.${name}`)} value={typed[name]}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !isAsked) send()
              else if (event.key === 'Escape') onDone()
            }}
          />
        </span>
      ))}
      <ConfirmButton sure={sure} isAsked={isAsked} disabled={!isChanged} onPress={send}>{text('screen.ticket.change.do')}</ConfirmButton>
    </div>
  )
}

import type { ReactNode } from 'react'
import { hasEnded, type OrderView, type TimelineStep } from '../../../src-preload/contract/index.ts'
import { dateTextWithYear, translateError } from '../../../src-preload/contract/text/index.ts'
import { closeDialog, showNotice } from '../../stores/surface.ts'
import { act } from '../../stores/trading-hand.ts'
import { holdOrders } from '../../stores/trading-orders.ts'
import { useWhy } from '../../stores/why-order.ts'
import { Blank } from '../../ui/blank.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { OrderState } from '../../ui/order-state.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useTradingWords, type TradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { NextStep, WhyStep } from './why-step.tsx'
import { useTimeline } from './use-timeline.ts'
import './why-drawer.css'

/** Why an order is as it is: every step of its life, as it was written down, and what comes next. */
export function WhyDrawer(): ReactNode {
  const id = useWhy((facts) => facts.order)
  return id === undefined ? null : <Drawer id={id} />
}

function Drawer({ id }: { readonly id: string }): ReactNode {
  const words = useTradingWords()
  const { text } = words
  useHold(holdOrders, true)
  const { steps, order, error } = useTimeline(id)
  return (
    <Dialog title={text('screen.why.title')} onClose={closeDialog} className="why-drawer">
      <div className="dialog-body why-body">
        {order !== undefined && <OrderHead words={words} order={order} />}
        {error !== undefined && <p className="why-fault" role="alert"><span className="danger">{text('screen.why.failed')}</span> {translateError(words.locale, error)}</p>}
        {steps === undefined && error === undefined && <Blank digits={40} />}
        {steps?.length === 0 && <p className="ink-2">{text('screen.why.none')}</p>}
        {steps !== undefined && steps.length > 0 && (
          <ol className="why-steps">
            {steps.map((step, nth) => (
              <WhyStep key={step.record} words={words} step={step} instrument={order?.instrument ?? ''} isNow={nth === steps.length - 1 && order !== undefined && !hasEnded(order.status)} />
            ))}
            {order !== undefined && <NextStep words={words} order={order} />}
          </ol>
        )}
      </div>
      <Foot words={words} id={id} order={order} steps={steps} />
    </Dialog>
  )
}

function OrderHead({ words, order }: { readonly words: TradingWords; readonly order: OrderView }): ReactNode {
  const { text, locale } = words
  const { instrument, side, type, lots, limit, trigger, status, filled, refusal, account } = order
  const price = limit ?? trigger?.price ?? null
  const what = price === null ? 'screen.why.what' : 'screen.why.what.at'
  return (
    <div className={`why-head ${status === 'unknown' || status === 'stuck' ? 'hatch' : ''}`}>
      <p className="note">
        {text(what, {
          side: text(`order.side.${side}`), type: text(`order.type.${type}`), size: words.size(instrument, lots), instrument, price: words.price(instrument, price), account,
          day: dateTextWithYear(locale, order.intendedAt),
        })}
      </p>
      <p className="why-state">
        <OrderState status={status} filled={filled} lots={lots} since={order.unknownSince} />
        {order.averagePrice !== null && <span className="ink-2">{text('screen.why.average', { filled: words.size(instrument, filled), price: words.average(instrument, order.averagePrice) })}</span>}
      </p>
      {refusal !== null && <p className="danger">{words.refusal(refusal)}</p>}
      {order.holds !== null && <p className="ink-2">{text('screen.why.holds', { amount: words.money(order.holds.asset, order.holds.amount), asset: order.holds.asset })}</p>}
      {order.flag !== null && <p className="attn">{text(`screen.why.flag.${order.flag.what}`, { lots: words.size(instrument, order.flag.lots) })}</p>}
    </div>
  )
}

interface FootProps {
  readonly words: TradingWords
  readonly id: string
  readonly order: OrderView | undefined
  readonly steps: readonly TimelineStep[] | undefined
}

function Foot({ words, id, order, steps }: FootProps): ReactNode {
  const { text } = words
  const { bridge } = useScreen()
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(JSON.stringify({ order, steps }, undefined, 1))
      showNotice(text('screen.why.copied'))
    } catch {
      // A page that has not been touched for a while may not write there; nothing is lost.
      showNotice(text('screen.diagnostics.not-copied'))
    }
  }
  const canCancel = order !== undefined && !hasEnded(order.status) && !order.isCancelWanted && order.cancel === 'none'
  return (
    <div className="dialog-foot why-foot">
      <span className="mono ink-3 ellipsis grow" title={id}>{id}</span>
      {canCancel && <Button onClick={() => void act(bridge, 'trading.cancel', id, { order: id })}>{text('screen.why.cancel')}</Button>}
      <Button look="ghost" disabled={steps === undefined} onClick={() => void copy()}>{text('screen.why.copy')}</Button>
      <Button look="ghost" keys="Esc" onClick={closeDialog}>{text('screen.why.close')}</Button>
    </div>
  )
}

import type { ReactNode } from 'react'
import type { InstrumentView, PositionView, TradingSetupView } from '../../../src-preload/contract/index.ts'
import { refusalText, translateError } from '../../../src-preload/contract/text/index.ts'
import { printGain } from '../../format/money.ts'
import { refusalNumbers } from '../../format/refusal-number.ts'
import { instrumentOf } from '../../stores/market-instruments.ts'
import { act, forgetLastAct, isStopped, isUncertain, useLastAct } from '../../stores/trading-hand.ts'
import { liveOrdersOf, useOrders } from '../../stores/trading-orders.ts'
import { positionsOf, usePositions } from '../../stores/trading-positions.ts'
import { useTradingSafety } from '../../stores/trading-safety.ts'
import { unitOf } from '../../stores/trading-setup.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import { averageText, positionText } from './position-text.ts'
import { TicketOrder } from './ticket-order.tsx'

interface TicketOrdersProps {
  readonly instrument: InstrumentView
  readonly setup: TradingSetupView
}

/** What is held and what is open in the instrument of the ticket, with the ways out of both. */
export function TicketOrders({ instrument, setup }: TicketOrdersProps): ReactNode {
  const positions = usePositions((facts) => facts.positions)
  return (
    <div className="ticket-open">
      <LastActWord setup={setup} />
      {positionsOf(positions, instrument.id).map((position) => (
        <OnePosition key={`${position.account} ${position.positionSide}`} position={position} instrument={instrument} setup={setup} />
      ))}
      <OpenOrders instrument={instrument} />
    </div>
  )
}

function OnePosition({ position, instrument, setup }: TicketOrdersProps & { readonly position: PositionView }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const confirms = useTradingSafety((safety) => safety.confirms)
  const words = positionText(locale, position.lots, instrument)
  const unit = unitOf(setup, position.asset)
  const about = { account: position.account, instrument: position.instrument }
  return (
    <section className="ticket-position" aria-label={text('screen.ticket.position')} data-position={position.lots}>
      <p className="med">
        <span className="grow">{position.averagePrice === null ? words : text('screen.ticket.at', { what: words, price: averageText(locale, position.averagePrice, instrument) })}</span>
        {position.unrealised !== null && unit !== undefined && (
          <span className={`num ${position.unrealised < 0 ? 'ticket-loss' : 'ticket-gain'}`} title={text('screen.ticket.unrealised')}>{printGain(locale, position.unrealised, unit)}</span>
        )}
      </p>
      <div className="ticket-actions">
        <ConfirmButton sure={text('screen.ticket.sure.close', { position: words })} isAsked={confirms.close} onPress={() => void act(bridge, 'trading.close', position.instrument, about)}>
          {text('screen.ticket.close')}
        </ConfirmButton>
        <ConfirmButton sure={text('screen.ticket.sure.reverse', { position: words })} isAsked={confirms.reverse} onPress={() => void act(bridge, 'trading.reverse', position.instrument, about)}>
          {text('screen.ticket.reverse')}
        </ConfirmButton>
      </div>
    </section>
  )
}

function OpenOrders({ instrument }: { readonly instrument: InstrumentView }): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const facts = useOrders()
  const isAsked = useTradingSafety(({ confirms }) => confirms['cancel-all'])
  const orders = liveOrdersOf(facts.orders, instrument.id)
  const cancel = (side?: 'buy' | 'sell'): void => void act(bridge, 'trading.cancel-all', instrument.id, { instrument: instrument.id, ...(side === undefined ? {} : { side }) })
  const sides = (['buy', 'sell'] as const).filter((side) => orders.some((order) => order.side === side))
  return (
    <section className="ticket-orders" aria-label={text('screen.ticket.orders')}>
      <header>
        <h3 className="cap grow">{text('screen.ticket.orders')}{orders.length > 0 && ` ${orders.length}`}</h3>
        {sides.length > 1 && sides.map((side) => (
          <ConfirmButton
            key={side} isAsked={isAsked} sure={text('screen.ticket.sure.cancel-side', { instrument: instrument.id })} label={text(`screen.ticket.cancel-side.${side}`)} onPress={() => cancel(side)}
          >
            {text(side === 'buy' ? 'screen.ticket.cancel-buys' : 'screen.ticket.cancel-sells')}
          </ConfirmButton>
        ))}
        {/* Always there: orders that this screen has not heard of may be open all the same. */}
        <ConfirmButton isAsked={isAsked} sure={text('screen.ticket.sure.cancel-all', { instrument: instrument.id })} keys="Ctrl Delete" className="ticket-cancel-all" onPress={() => cancel()}>
          {text('screen.ticket.cancel-all')}
        </ConfirmButton>
      </header>
      {facts.revision === undefined ? <p className="ink-3">{text('screen.ticket.orders-unknown')}</p> : orders.length === 0 && <p className="ink-3">{text('screen.ticket.no-orders', { instrument: instrument.id })}</p>}
      <ul>{orders.map((order) => <TicketOrder key={order.id} order={order} instrument={instrument} />)}</ul>
    </section>
  )
}

/** What went wrong with the last cancel, close or change. What went well shows in the list itself. */
function LastActWord({ setup }: { readonly setup: TradingSetupView }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const last = useLastAct((facts) => facts.last)
  const answer = last?.answer
  if (last === undefined || answer === undefined || (answer.ok && answer.value.verdict.ok)) return null
  const name = text(`screen.ticket.act.${last.name}`)
  const word = (): string => {
    if (isStopped(answer)) return text('screen.ticket.act.failed', { act: name, reason: text(answer.stopped === 'locked' ? 'screen.ticket.locked' : 'screen.ticket.no-line') })
    if (!answer.ok) return isUncertain(answer) ? text('screen.ticket.act.uncertain', { act: name }) : text('screen.ticket.act.failed', { act: name, reason: translateError(locale, answer.error) })
    const { verdict } = answer.value
    return verdict.ok ? '' : text('screen.ticket.act.refused', { act: name, reason: refusalText(locale, verdict.refusal, refusalNumbers(locale, { setup, instrumentOf })) })
  }
  return (
    <div className={`ticket-act ${isUncertain(answer) ? 'hatch' : ''}`} role="alert">
      <p className={isUncertain(answer) ? 'attn' : 'danger'}>{word()}</p>
      <Button size="small" look="ghost" onClick={forgetLastAct}>{text('screen.ticket.dismiss')}</Button>
    </div>
  )
}

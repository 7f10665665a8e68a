import { useEffect, type ReactNode } from 'react'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { offerLinkedInstrument, useLinkedInstrument } from '../../stores/linked-symbol.ts'
import { useInstruments } from '../../stores/market-instruments.ts'
import { holdQuotes } from '../../stores/market-quotes.ts'
import { usePanelLink } from '../../stores/panel-links.ts'
import { holdOrders } from '../../stores/trading-orders.ts'
import { holdPositions } from '../../stores/trading-positions.ts'
import { followTradingSetup, tradableIn, useTradingSetup } from '../../stores/trading-setup.ts'
import { useConnection } from '../../stores/connection.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { PanelLink } from '../../ui/market-panel.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useHold } from '../../ui/use-hold.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { TicketForm } from './ticket-form.tsx'
import { TicketLock } from './ticket-lock.tsx'
import { TicketOrders } from './ticket-orders.tsx'
import './ticket.css'

export const ticketId = 'ticket'

/** The order ticket. It lies outside of the panels, so that no layout can lose it. */
export function Ticket(): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const facts = useInstruments()
  const colour = usePanelLink(ticketId)
  const chosen = useLinkedInstrument(colour)
  const first = facts.list[0]?.id
  useEffect(() => {
    if (chosen === undefined && first !== undefined) offerLinkedInstrument(colour, first)
  }, [chosen, colour, first])
  useEffect(() => followTradingSetup(bridge), [bridge])
  useHold(holdQuotes, true)
  useHold(holdOrders, true)
  useHold(holdPositions, true)
  const isFresh = useConnection(({ health }) => health === 'fresh')
  return (
    <aside className="ticket" aria-label={text('screen.ticket')} data-ticket={chosen}>
      <header className="ticket-head">
        <h2 className="med">{text('screen.ticket')}</h2>
        <PanelLink panelId={ticketId} />
        <span className="grow ellipsis num">{chosen}</span>
        <KeyHint keys="T" />
      </header>
      <TicketLock />
      <div className={`ticket-inside ${isFresh ? '' : 'ticket-no-line'}`}><TicketBody chosen={chosen} /></div>
    </aside>
  )
}

/** The form, or in one line why there is none. */
function TicketBody({ chosen }: { readonly chosen: string | undefined }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { byId } = useInstruments()
  const { setup, error } = useTradingSetup()
  const instrument = chosen === undefined ? undefined : byId.get(chosen)
  if (setup === undefined) return <Word>{error === undefined ? text('screen.ticket.waits') : translateError(locale, error)}</Word>
  const [account] = setup.accounts
  if (account === undefined) return <Word>{text('screen.ticket.nowhere')}</Word>
  if (instrument === undefined) return <Word>{text('screen.ticket.no-instrument')}</Word>
  const tradable = tradableIn(setup, instrument.id)
  if (tradable === undefined) return <Word>{text('screen.ticket.not-here', { instrument: instrument.id })}</Word>
  return (
    <>
      <TicketForm key={instrument.id} instrument={instrument} tradable={tradable} setup={setup} account={account.id} />
      <TicketOrders instrument={instrument} setup={setup} />
    </>
  )
}

const Word = ({ children }: { readonly children: ReactNode }): ReactNode => <p className="ticket-word ink-3" role="status">{children}</p>

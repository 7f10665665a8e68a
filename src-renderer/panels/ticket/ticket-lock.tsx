import type { ReactNode } from 'react'
import { lockTrading, useTradingSafety } from '../../stores/trading-safety.ts'
import { Switch } from '../../ui/switch.tsx'
import { useText } from '../../ui/use-text.ts'

/** The switch that makes every control of a trade refuse, and while it does, the sentence that they refuse with. */
export function TicketLock(): ReactNode {
  const text = useText()
  const isLocked = useTradingSafety((safety) => safety.isLocked)
  return (
    <div className="ticket-lock" data-locked={isLocked}>
      <span className="grow ink-2">{text('screen.ticket.lock')}</span>
      <Switch label={text('screen.ticket.lock')} isOn={isLocked} isDisabled={false} onChange={lockTrading} />
      {isLocked && <p className="ticket-locked attn" role="status">{text('screen.ticket.locked')}</p>}
    </div>
  )
}

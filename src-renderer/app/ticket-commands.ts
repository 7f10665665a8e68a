import { useSurface } from '../stores/surface.ts'
import { changeDraft } from '../stores/ticket.ts'
import { hasTicket, pressTicket } from '../stores/ticket-send.ts'
import { lockTrading, useTradingSafety } from '../stores/trading-safety.ts'
import { useWorkspace } from '../stores/workspace.ts'
import type { Command } from '../ui/screen-context.tsx'
import { goToWorkspace } from './go-to-workspace.ts'

const ticket = (): HTMLElement | null => document.querySelector<HTMLElement>('.ticket')

/** A chart has a T of its own while it has the keyboard; in the palette the ticket is offered all the same. */
const isInChart = (): boolean => document.activeElement?.closest('.chart') !== null && document.activeElement !== null

/** Goes where the ticket lies, and to the first of its fields that is still empty. */
function focusTicket(): void {
  if (useWorkspace.getState().shown !== 'trade') goToWorkspace('trade')
  // After the frame in which it is drawn, and after the desk has taken the keyboard for itself.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (useSurface.getState().dialog !== undefined) return
    const fields = [...(ticket()?.querySelectorAll<HTMLInputElement>('.ticket-field input') ?? [])]
    const next = fields.find(({ value }) => value === '') ?? fields[0]
    next?.focus()
    next?.select()
  }))
}

function takeSide(side: 'buy' | 'sell'): void {
  const instrument = ticket()?.dataset['ticket']
  if (instrument !== undefined) changeDraft(instrument, { side })
  focusTicket()
}

/** The ticket by keys. Its own button and its own question are pressed: a key can do no more than a hand. */
export function ticketCommands(): readonly Command[] {
  const group = 'screen.group.trading'
  const isLocked = (): boolean => useTradingSafety.getState().isLocked
  return [
    { id: 'ticket.buy', title: 'screen.command.ticket-buy', group, keys: 'B', isOffered: hasTicket, run: () => takeSide('buy') },
    { id: 'ticket.sell', title: 'screen.command.ticket-sell', group, keys: 'S', isOffered: hasTicket, run: () => takeSide('sell') },
    { id: 'ticket', title: 'screen.ticket.go', group, keys: 'T', isOffered: () => !isInChart(), run: focusTicket },
    { id: 'ticket.send', title: 'screen.command.ticket-send', group, keys: 'Ctrl Enter', isOffered: hasTicket, run: pressTicket },
    {
      id: 'ticket.cancel-all', title: 'screen.command.cancel-all-orders', group, keys: 'Ctrl Delete', isOffered: hasTicket,
      run: () => ticket()?.querySelector<HTMLButtonElement>('.ticket-cancel-all')?.click(),
    },
    { id: 'ticket.lock', title: 'screen.command.lock-trading', group, isOffered: () => !isLocked(), run: () => lockTrading(true) },
    { id: 'ticket.unlock', title: 'screen.command.unlock-trading', group, isOffered: isLocked, run: () => lockTrading(false) },
  ]
}

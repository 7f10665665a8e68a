import { useEffect, useMemo, useRef } from 'react'
import type { InstrumentView, TradableView, TradingSetupView } from '../../../src-preload/contract/index.ts'
import { useOrders } from '../../stores/trading-orders.ts'
import { useEngine } from '../../stores/engine-status.ts'
import { draftOf, useTicket } from '../../stores/ticket.ts'
import type { TicketDraft } from '../../stores/ticket-draft.ts'
import { PreviewAsker, usePreview, type PreviewFacts } from '../../stores/ticket-preview.ts'
import { readTicket, type TicketGrounds, type TicketReading } from '../../stores/ticket-wish.ts'
import { unitOf } from '../../stores/trading-setup.ts'
import { useScreen } from '../../ui/screen-context.tsx'
import { useLocale } from '../../ui/use-text.ts'
import { sentenceOf } from './ticket-sentence.ts'

export interface TicketParts {
  readonly instrument: InstrumentView
  readonly tradable: TradableView
  readonly setup: TradingSetupView
  readonly account: string
}

export interface TicketState {
  readonly draft: TicketDraft
  readonly reading: TicketReading
  readonly preview: PreviewFacts
  /** What is previewed is not what is typed any more. */
  readonly isPreviewOld: boolean
  readonly sentence: string
}

/** The ticket of an instrument: what is typed, what it means, and what it would lead to. */
export function useTicketState({ instrument, tradable, setup, account }: TicketParts): TicketState {
  const locale = useLocale()
  const draft = useTicket((facts) => draftOf(facts, instrument.id))
  const preview = usePreview()
  const grounds = useMemo<TicketGrounds>(() => ({
    account, instrument: instrument.id, tick: instrument.tick, lot: instrument.lot, tradable,
    cash: unitOf(setup, tradable.quote) ?? { units: 1, decimals: 0 }, risk: unitOf(setup, setup.reportingAsset) ?? { units: 1, decimals: 0 },
  }), [account, instrument, tradable, setup])
  const reading = useMemo(() => readTicket(locale, draft, grounds), [locale, draft, grounds])
  const wish = reading.kind === 'ready' ? reading.wish : undefined
  useAskedPreview(wish)
  const about = wish === undefined ? undefined : JSON.stringify(wish)
  const isPreviewOld = about !== preview.about
  const sentence = wish === undefined ? '' : sentenceOf(locale, wish, {
    instrument, cash: grounds.cash, risk: grounds.risk, reporting: setup.reportingAsset, preview: isPreviewOld ? undefined : preview.preview,
  })
  return { draft, reading, preview, isPreviewOld, sentence }
}

/** Asked again when orders change or the mode does, beside every moment that it is asked anyway. */
function useAskedPreview(wish: Parameters<PreviewAsker['want']>[0]): void {
  const { bridge } = useScreen()
  const asker = useRef<PreviewAsker>(undefined)
  useEffect(() => {
    const made = new PreviewAsker(bridge)
    asker.current = made
    const endings = [useOrders.subscribe(() => made.renew()), useEngine.subscribe((now, before) => (now.status?.mode === before.status?.mode ? undefined : made.renew()))]
    return () => {
      for (const end of endings) end()
      made.dispose()
      asker.current = undefined
    }
  }, [bridge])
  // After the one above, so that the first wish finds who asks.
  useEffect(() => asker.current?.want(wish), [wish])
}

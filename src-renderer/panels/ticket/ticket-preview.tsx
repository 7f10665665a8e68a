import type { ReactNode } from 'react'
import type { PreviewView } from '../../../src-preload/contract/index.ts'
import { durationText, translateError, type Locale } from '../../../src-preload/contract/text/index.ts'
import { printMoney, printRate } from '../../format/money.ts'
import { printSteps } from '../../format/price.ts'
import { unitOf } from '../../stores/trading-setup.ts'
import { DraughtGauge } from '../../ui/draught-gauge.tsx'
import { useLocale, useText, textIn } from '../../ui/use-text.ts'
import { averageText, positionText } from './position-text.ts'
import type { TicketParts, TicketState } from './use-ticket.ts'

interface TicketPreviewProps {
  readonly parts: TicketParts
  readonly state: TicketState
}

interface Row {
  readonly name: string
  readonly figure: string
  readonly isLoss?: boolean
}

/** What the order would cost, tie up and risk. Faded while it is of something else than what is typed. */
export function TicketPreview({ parts, state }: TicketPreviewProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { preview, isPreviewOld, reading } = state
  if (reading.kind !== 'ready') return null
  const { error } = preview
  if (error !== undefined) {
    return <p className="ticket-note danger" role="status">{text('screen.ticket.preview-failed', { reason: translateError(locale, error) })}</p>
  }
  if (preview.preview === undefined) return <p className="ticket-note ink-3">{text('screen.ticket.counting')}</p>
  const { priceAgeMs } = preview.preview
  return (
    <section className={`ticket-preview ${isPreviewOld ? 'stale' : ''}`} aria-label={text('screen.ticket.preview')} data-preview={isPreviewOld ? 'old' : 'now'}>
      <dl className="ticket-rows">
        {rowsOf(locale, preview.preview, parts).map(({ name, figure, isLoss }) => (
          <div key={name}><dt className="ink-2">{name}</dt><dd className={`num ${isLoss === true ? 'ticket-loss' : ''}`}>{figure}</dd></div>
        ))}
      </dl>
      <PositionGauge preview={preview.preview} parts={parts} />
      <p className="t11 ink-3">
        {isPreviewOld ? text('screen.ticket.counting') : priceAgeMs === null ? '' : text('screen.ticket.price-age', { age: durationText(locale, priceAgeMs) })}
      </p>
    </section>
  )
}

/** The loss stands before the gain. What is not known has no row: a dash would be read as nothing. */
function rowsOf(locale: Locale, preview: PreviewView, { instrument, tradable, setup }: TicketParts): readonly Row[] {
  const text = textIn(locale)
  const [entry] = preview.orders
  const money = (amount: number | null | undefined, asset: string): string | undefined => {
    const unit = unitOf(setup, asset)
    return amount === null || amount === undefined || unit === undefined ? undefined : `${printMoney(locale, amount, unit)} ${asset}`
  }
  const price = (ticks: number | null | undefined): string | undefined =>
    ticks === null || ticks === undefined ? undefined : printSteps(locale, ticks, instrument.tick)
  const { risk, free, position } = preview
  const share = risk?.ofEquity === null || risk === null ? '' : ` (${printRate(locale, risk.ofEquity)})`
  const loss = risk === null ? undefined : money(risk.amount, setup.reportingAsset)
  const lots = entry?.lots
  const after = position === null ? undefined : positionText(locale, position.after, instrument)
  const average = preview.averagePriceAfter
  const rows: readonly (Row | undefined)[] = [
    row(text('screen.ticket.comes-to'), lots === null || lots === undefined ? undefined : `${printSteps(locale, lots, instrument.lot)} ${instrument.base}`),
    row(text('screen.ticket.cost'), money(entry?.cost, tradable.quote)),
    row(text('screen.ticket.margin'), money(entry?.margin, tradable.quote)),
    row(text('screen.ticket.maker-fee'), money(entry?.makerFee, tradable.quote)),
    row(text('screen.ticket.taker-fee'), money(entry?.takerFee, tradable.quote)),
    row(text('screen.ticket.worst'), price(entry?.worstPrice)),
    row(text('screen.ticket.position-after'), after === undefined || average === null || position?.after === 0 ? after : text('screen.ticket.at', { what: after, price: averageText(locale, average, instrument) })),
    row(text('screen.ticket.liquidation'), price(preview.liquidationPriceAfter)),
    row(text('screen.ticket.free-after'), free === null ? undefined : money(free.after, free.asset)),
    row(text('screen.ticket.loss'), loss === undefined ? undefined : `${loss}${share}`, true),
    row(text('screen.ticket.reward'), risk === null ? undefined : money(risk.reward, setup.reportingAsset)),
  ]
  return rows.filter((each) => each !== undefined)
}

const row = (name: string, figure: string | undefined, isLoss = false): Row | undefined => (figure === undefined ? undefined : { name, figure, isLoss })

/** How much of the limit for this position is used, and how much more would be if everything on that side fills. */
function PositionGauge({ preview: { position }, parts: { instrument, setup } }: { readonly preview: PreviewView; readonly parts: TicketParts }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const limits = setup.limits.instruments.find((each) => each.instrument === instrument.id) ?? setup.limits.everyInstrument
  const limit = limits.positionLotsMax
  if (position === null || limit < 1) return null
  const used = Math.abs(position.before)
  const worst = Math.max(Math.abs(position.worstLong), Math.abs(position.worstShort), Math.abs(position.after))
  const added = Math.max(0, worst - used)
  const print = (lots: number): string => printSteps(locale, lots, instrument.lot)
  return (
    <div className="ticket-gauge">
      <p className="t11"><span className="ink-2">{text('screen.ticket.position-used')}</span><span className="num">{printRate(locale, Math.round(((used + added) / limit) * 1e9), 1)}</span></p>
      <DraughtGauge
        used={used / limit} added={added / limit} label={text('screen.ticket.position-used')}
        valueText={text('screen.ticket.position-used.value', { used: print(used), added: print(added), limit: print(limit) })}
      />
    </div>
  )
}

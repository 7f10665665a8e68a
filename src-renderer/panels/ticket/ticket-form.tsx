import type { ReactNode } from 'react'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { printSteps, readSteps, type PriceStep } from '../../format/price.ts'
import { heardQuote } from '../../stores/market-quotes.ts'
import { changeDraft } from '../../stores/ticket.ts'
import { fieldsOf, hasExits, hasLimit, sizeWays, ticketTimes, ticketTypes, trailWays, type TicketDraft, type TicketField as Field } from '../../stores/ticket-draft.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import { TicketChoice } from './ticket-choice.tsx'
import { TicketField } from './ticket-field.tsx'
import { TicketPreview } from './ticket-preview.tsx'
import { TicketSubmit } from './ticket-submit.tsx'
import { TicketTemplates } from './ticket-templates.tsx'
import { typedText } from './typed-text.ts'
import { useTicketState, type TicketParts, type TicketState } from './use-ticket.ts'

/** What is ordered, field by field; only those that matter for the type. */
export function TicketForm(parts: TicketParts): ReactNode {
  const state = useTicketState(parts)
  const { draft } = state
  const change = (changed: Partial<TicketDraft>): void => changeDraft(parts.instrument.id, changed)
  return (
    <form className="ticket-form" onSubmit={(event) => event.preventDefault()}>
      <TicketSide draft={draft} onChange={change} />
      <TicketKind parts={parts} draft={draft} onChange={change} />
      {fieldsOf(draft).map((field) => <OneField key={field} field={field} parts={parts} state={state} onChange={change} />)}
      {hasExits(draft) && <TicketTemplates instrument={parts.instrument} draft={draft} onChange={change} />}
      <TicketFlags parts={parts} draft={draft} onChange={change} />
      <TicketPreview parts={parts} state={state} />
      <TicketSubmit parts={parts} state={state} />
    </form>
  )
}

interface DraftProps {
  readonly draft: TicketDraft
  readonly onChange: (changed: Partial<TicketDraft>) => void
}

function TicketSide({ draft, onChange }: DraftProps): ReactNode {
  const text = useText()
  return (
    <div className="ticket-side" role="radiogroup" aria-label={text('screen.ticket.side')}>
      {(['buy', 'sell'] as const).map((side) => (
        <label key={side} className={`ticket-side-${side}`}>
          <input type="radio" name="ticket-side" checked={draft.side === side} onChange={() => onChange({ side })} />
          <span>{text(`order.side.${side}`)}</span>
          <KeyHint keys={side === 'buy' ? 'B' : 'S'} />
        </label>
      ))}
    </div>
  )
}

function TicketKind({ parts: { instrument, tradable }, draft, onChange }: DraftProps & { readonly parts: TicketParts }): ReactNode {
  const text = useText()
  return (
    <>
      <TicketChoice
        label={text('screen.ticket.type')} value={draft.type} onChoose={(type) => onChange({ type })}
        options={ticketTypes.filter((type) => tradable.orderTypes.includes(type)).map((value) => ({ value, text: text(`order.type.${value}`) }))}
      />
      <p className="ticket-kind t11 ink-3">{text(`screen.ticket.kind.${instrument.kind}`, { leverage: tradable.leverageMax })}</p>
    </>
  )
}

interface OneFieldProps {
  readonly field: Field
  readonly parts: TicketParts
  readonly state: TicketState
  readonly onChange: (changed: Partial<TicketDraft>) => void
}

function OneField({ field, parts, state, onChange }: OneFieldProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { instrument } = parts
  const { draft, reading } = state
  const step = stepOf(field, draft, parts)
  const rounded = reading.kind === 'ready' ? reading.rounded.find((each) => each.field === field) : undefined
  const isPrice = field === 'price' || field === 'trigger' || field === 'stop' || field === 'target'
  return (
    <TicketField
      field={field} label={text(`screen.ticket.${field}`)} value={draft[field]} unit={<FieldUnit field={field} parts={parts} draft={draft} onChange={onChange} />}
      trouble={reading.kind === 'wrong' && reading.field === field ? text('screen.ticket.wrong') : undefined}
      note={rounded === undefined || step === undefined ? undefined : text(`screen.ticket.rounded.${rounded.direction}`, { value: printSteps(locale, rounded.steps, step) })}
      onChange={(value) => onChange({ [field]: value })}
      onStep={isPrice ? (by) => onChange({ [field]: stepped(locale, draft[field], instrument.tick, by, startPrice(instrument.id, draft)) }) : undefined}
      aid={field === 'price' ? <BestPrices instrument={instrument.id} tick={instrument.tick} onPick={(price) => onChange({ price })} /> : undefined}
    />
  )
}

/** What the figures of a field are counted in; undefined where they are a share of something. */
function stepOf(field: Field, { sizeBy, trailBy }: TicketDraft, { instrument }: TicketParts): PriceStep | undefined {
  if (field === 'size') return sizeBy === 'quantity' ? instrument.lot : { units: 1, decimals: 6 }
  return field === 'trail' && trailBy === 'percent' ? { units: 1, decimals: 7 } : instrument.tick
}

/** From the market where nothing is typed yet. */
function startPrice(instrument: string, { side }: TicketDraft): number | undefined {
  const quote = heardQuote(instrument)?.quote
  return (side === 'buy' ? quote?.bid : quote?.ask) ?? quote?.last ?? undefined
}

function stepped(locale: Locale, typed: string, tick: PriceStep, by: number, start: number | undefined): string {
  const from = readSteps(locale, typed, tick)?.least
  if (from === undefined) return start === undefined ? typed : typedText(locale, start, tick)
  return typedText(locale, Math.max(1, from + by), tick)
}

function BestPrices({ instrument, tick, onPick }: { readonly instrument: string; readonly tick: PriceStep; readonly onPick: (price: string) => void }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const pick = (side: 'bid' | 'ask'): void => {
    const ticks = heardQuote(instrument)?.quote[side]
    if (ticks !== null && ticks !== undefined) onPick(typedText(locale, ticks, tick))
  }
  return (
    <span className="ticket-best">
      <button type="button" className="t11 ink-3" onClick={() => pick('bid')}>{text('screen.ticket.use-bid')}</button>
      <button type="button" className="t11 ink-3" onClick={() => pick('ask')}>{text('screen.ticket.use-ask')}</button>
    </span>
  )
}

function FieldUnit({ field, parts: { instrument, setup }, draft, onChange }: Omit<OneFieldProps, 'state'> & DraftProps): ReactNode {
  const text = useText()
  if (field === 'size') {
    const names = { quantity: instrument.base, cash: instrument.quote, risk: `${setup.reportingAsset} ${text('screen.ticket.size-by.risk').toLowerCase()}`, percent: '%' } as const
    return (
      <select aria-label={text('screen.ticket.size-by')} value={draft.sizeBy} onChange={(event) => onChange({ sizeBy: sizeWays.find((way) => way === event.target.value) ?? 'quantity', size: '' })}>
        {sizeWays.map((way) => <option key={way} value={way} title={text(`screen.ticket.size-by.${way}`)}>{names[way]}</option>)}
      </select>
    )
  }
  if (field === 'trail') {
    return (
      <select aria-label={text('screen.ticket.trail-by')} value={draft.trailBy} onChange={(event) => onChange({ trailBy: trailWays.find((way) => way === event.target.value) ?? 'percent', trail: '' })}>
        {trailWays.map((way) => <option key={way} value={way}>{way === 'amount' ? instrument.quote : '%'}</option>)}
      </select>
    )
  }
  return instrument.quote
}


function TicketFlags({ parts: { tradable }, draft, onChange }: DraftProps & { readonly parts: TicketParts }): ReactNode {
  const text = useText()
  return (
    <>
      {hasLimit(draft.type) && (
        <TicketChoice
          label={text('screen.ticket.time')} value={draft.time} onChoose={(time) => onChange({ time })}
          options={ticketTimes.map((value) => ({ value, text: text(`order.time.${value}`) }))}
        />
      )}
      <div className="ticket-flags">
        {draft.type === 'limit' && tradable.can.postOnly && (
          <label><input type="checkbox" checked={draft.postOnly} onChange={(event) => onChange({ postOnly: event.target.checked })} />{text('screen.ticket.post-only')}</label>
        )}
        {tradable.settlement === 'linear' && (
          <label><input type="checkbox" checked={draft.reduceOnly} onChange={(event) => onChange({ reduceOnly: event.target.checked })} />{text('screen.ticket.reduce-only')}</label>
        )}
      </div>
    </>
  )
}

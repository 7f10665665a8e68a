import type { ReactNode } from 'react'
import type { OrderStatusName, OrderView, PastFill, TimelineStep } from '../../../src-preload/contract/index.ts'
import { durationText, isMessageKey, preciseClockText, translate } from '../../../src-preload/contract/text/index.ts'
import type { TradingWords } from '../../ui/trading-words.ts'

interface WhyStepProps {
  readonly words: TradingWords
  readonly step: TimelineStep
  readonly instrument: string
  /** The last thing that is known of an order that goes on. */
  readonly isNow: boolean
}

const troubled: readonly string[] = ['trading.order-unknown', 'trading.order-stuck', 'trading.overfill-seen', 'trading.order-flagged', 'trading.break-seen', 'trading.kill-delayed']
const refused: readonly string[] = ['trading.order-denied', 'trading.order-rejected', 'trading.command-refused']

/** One step: when, how long after the one before, what, and what the journal says of it. */
export function WhyStep({ words, step, instrument, isNow }: WhyStepProps): ReactNode {
  const { text, locale } = words
  const look = refused.includes(step.kind) ? 'why-refused' : troubled.includes(step.kind) ? 'why-troubled' : ''
  return (
    <li className={`why-step ${look} ${isNow ? 'why-now' : ''}`} data-step={step.kind}>
      <span className="why-time">
        <time className="mono ink-2" dateTime={new Date(step.at).toISOString()}>{preciseClockText(step.at)}</time>
        {step.afterMs !== null && <span className="ink-3 num">+{durationText(locale, Math.max(0, step.afterMs))}</span>}
      </span>
      <i className="why-dot" />
      <div className="why-what">
        <p className="med">{nameOf(words, step.kind)}</p>
        {step.refusal !== null && <p className="danger">{words.refusal(step.refusal)}</p>}
        {step.fill !== null && <FillLine words={words} fill={step.fill} />}
        {step.who !== null && <p className="ink-2">{text('screen.why.by', { who: whoOf(words, step.who) })}</p>}
        {step.detail !== null && step.refusal === null && <p className="ink-2">{step.detail}</p>}
        <p className="t11 ink-3">{text('screen.why.record', { record: step.record })}{instrument === '' || step.correlation === null ? '' : ` · ${step.correlation}`}</p>
      </div>
    </li>
  )
}

/** A later engine may write steps that this screen has no word for: they are called as its journal calls them. */
function nameOf({ locale }: TradingWords, kind: string): string {
  const key = `screen.why.step.${kind}`
  return isMessageKey(key) ? translate(locale, key, {}) : kind
}

function whoOf({ locale }: TradingWords, who: string): string {
  const key = `screen.blotter.owner.${who}`
  return isMessageKey(key) ? translate(locale, key, {}) : who
}

function FillLine({ words, fill }: { readonly words: TradingWords; readonly fill: PastFill }): ReactNode {
  const { instrument, lots, price, fee, feeAsset, realised, liquidity } = fill
  const quote = words.quoteOf(instrument)
  return (
    <>
      <p>{words.text('screen.why.fill', { size: words.size(instrument, lots), price: words.price(instrument, price), role: words.text(`screen.fills.${liquidity}`), fee: `${words.money(feeAsset, fee)} ${feeAsset}` })}</p>
      {realised !== null && realised !== 0 && <p className={realised > 0 ? 'gain' : 'loss'}>{words.text('screen.why.profit', { amount: `${words.gain(quote, realised)} ${quote ?? ''}` })}</p>}
    </>
  )
}

/** What is awaited of an order that goes on. */
const awaited: Readonly<Partial<Record<OrderStatusName, 'sending' | 'working' | 'held' | 'unknown' | 'stuck'>>> = {
  intent: 'sending', sending: 'sending', working: 'working', partial: 'working', held: 'held', unknown: 'unknown', stuck: 'stuck',
}

export function NextStep({ words, order }: { readonly words: TradingWords; readonly order: OrderView }): ReactNode {
  const next = awaited[order.status]
  if (next === undefined) return null
  return (
    <li className="why-step why-next" data-step="next">
      <span className="why-time ink-3">{words.text('screen.why.next')}</span>
      <i className="why-dot" />
      <p className="why-what ink-3">{words.text(`screen.why.next.${next}`)}</p>
    </li>
  )
}

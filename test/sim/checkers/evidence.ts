import { rawOf } from '../../../src-main/base/index.ts'
import type { Checker, Scene, SimEvent, SimInput, Step } from './scene.ts'

/**
 * What may follow from what. I18 a question that failed, in whole or in part, changes no order and no money; I19 a price that is old,
 * crossed or doubted, or a clock in doubt, lets no new risk out; I24 what others placed is not canceled unless that was asked for.
 */
export function createEvidenceChecker({ court, witness, facts }: Scene): Checker {
  const quotes = new Map<string, { at: number; isCrossed: boolean }>()
  const feeds = new Map<string, string>()
  let mayCancelExternal = false
  let clockAt = -1

  const isInconclusive = (input: SimInput): boolean => {
    if (input.kind === 'lookup-reported') return input.answer.kind === 'failed'
    if (input.kind !== 'epoch-reported') return false
    return [input.openOrders, input.closedOrders, input.trades, input.positions, input.balances, input.postings].some(({ ok }) => !ok)
  }

  const watch = (input: SimInput): void => {
    if (input.kind === 'quote-seen') quotes.set(input.instrument, { at: input.at, isCrossed: rawOf(input.bid) > rawOf(input.ask) })
    if (input.kind === 'feed-judged') feeds.set(input.instrument, input.state)
    if (input.kind === 'clock-jumped' || input.kind === 'machine-slept') clockAt = input.at
    if (input.kind === 'cancel-all' && input.includeExternal === true) mayCancelExternal = true
    if (input.kind === 'batch' && input.items.some((item) => item.kind === 'cancel-all' && item.includeExternal === true)) mayCancelExternal = true
  }

  const judgeSend = (event: Extract<SimEvent, { kind: 'order-sending' }>, step: Step): void => {
    const { instrument, reduceOnly } = event.venueSpec
    const order = witness.orders.get(event.order)
    if (reduceOnly || order?.spec?.reduceOnly === true || order?.link?.role === 'child' || order?.onBehalfOf !== undefined) return
    const quote = quotes.get(instrument)
    const held = witness.positionOf(instrument)
    const reduces = event.venueSpec.side === 'buy' ? held < 0 : held > 0
    if (reduces) return
    const age = quote === undefined ? Number.POSITIVE_INFINITY : event.at - quote.at
    court.check('I19', age <= facts.staleQuoteMs, () => `${event.order} is sent on a price of ${instrument} that is ${age} ms old`)
    court.check('I19', quote?.isCrossed !== true, () => `${event.order} is sent on a crossed book of ${instrument}`)
    court.check('I19', (feeds.get(instrument) ?? 'live') === 'live', () => `${event.order} is sent while the feed of ${instrument} is ${feeds.get(instrument)}`)
    court.check('I19', clockAt !== step.input.at || step.input.kind === 'time-passed', () => `${event.order} is sent in the moment the clock jumped`)
  }

  return {
    step(step) {
      watch(step.input)
      if (isInconclusive(step.input)) {
        for (const event of step.events) court.check('I18', !changing.has(event.kind), () => `${event.kind} follows from an answer that failed: ${step.input.kind}`)
        court.check('I18', true, () => '')
      }
      for (const event of step.events) if (event.kind === 'order-sending') judgeSend(event, step)
    },
    left({ request }) {
      if (request.kind === 'cancel-everything') court.check('I24', mayCancelExternal, () => 'everything on the account is canceled, whoever placed it')
      if (request.kind !== 'send-cancel') return
      const isExternal = witness.orders.get(request.order)?.view !== undefined
      court.check('I24', !isExternal || mayCancelExternal, () => `a cancel left for ${request.order}, which somebody else placed`)
    },
    recovered() {
      quotes.clear()
      feeds.clear()
    },
  }
}

const changing: ReadonlySet<string> = new Set([
  'order-canceled', 'order-expired', 'order-rejected', 'order-absent', 'order-corrected', 'order-filled', 'fill-superseded', 'external-adopted', 'money-posted', 'opening-taken',
])

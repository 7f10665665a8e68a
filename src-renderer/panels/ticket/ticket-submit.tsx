import { useEffect, useState, type ReactNode } from 'react'
import { clockText, refusalText, translateError } from '../../../src-preload/contract/text/index.ts'
import { refusalNumbers } from '../../format/refusal-number.ts'
import { useConnection } from '../../stores/connection.ts'
import { instrumentOf } from '../../stores/market-instruments.ts'
import { beginAnew, isAwaited, isDoneFor, sendTicket, useTicket, type Sent } from '../../stores/ticket.ts'
import { offerTicketSend } from '../../stores/ticket-send.ts'
import { isStopped, isUncertain, type HandActor } from '../../stores/trading-hand.ts'
import { useTradingSafety } from '../../stores/trading-safety.ts'
import { Button } from '../../ui/button.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import type { TicketParts, TicketState } from './use-ticket.ts'

interface TicketSubmitProps {
  readonly parts: TicketParts
  readonly state: TicketState
}

/** The button says the order in full. Where the order would be refused, or cannot be asked for, it is the reason instead, and cannot be pressed. */
export function TicketSubmit({ parts, state }: TicketSubmitProps): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const { reading, sentence } = state
  const instrument = parts.instrument.id
  const hindrance = useHindrance({ parts, state })
  const waits = useTicket(isAwaited)
  const isDone = useTicket((facts) => isDoneFor(facts, instrument))
  const sent = useTicket((facts) => (facts.sent?.instrument === instrument ? facts.sent : undefined))
  const isAsked = useTradingSafety(({ confirms }) => confirms.place)
  const [sureOf, setSureOf] = useState<string>()
  const wish = reading.kind === 'ready' ? reading.wish : undefined
  const isSure = sureOf !== undefined && sureOf === sentence
  const canSend = wish !== undefined && hindrance === undefined && !waits && !isDone
  const press = (actor: HandActor): void => {
    if (!canSend) return
    if (isAsked && !isSure) return setSureOf(sentence)
    setSureOf(undefined)
    void sendTicket(bridge, { wish, sentence, instrument, actor }, Date.now())
  }
  useEffect(() => offerTicketSend(() => press('hotkey')))
  const isAgain = sent?.answer !== undefined && isUncertain(sent.answer)
  const word = waits ? text('screen.ticket.sending') : hindrance ?? (isSure ? text('screen.ticket.sure', { order: sentence }) : isAgain ? text('screen.ticket.press-again') : sentence)
  return (
    <div className="ticket-submit">
      {isDone ? <Button className="ticket-send" onClick={beginAnew}>{text('screen.ticket.again')}</Button> : (
        <button
          type="button" data-send data-refused={hindrance !== undefined && wish !== undefined}
          className={`ticket-send ticket-send-${hindrance === undefined ? state.draft.side : 'no'} ${isSure ? 'ticket-send-sure' : ''}`}
          disabled={!canSend} onClick={() => press('hand')} onBlur={() => setSureOf(undefined)}
        >
          <span>{word}</span>
          {canSend && <KeyHint keys="Ctrl Enter" />}
        </button>
      )}
      {sent !== undefined && <TicketResult sent={sent} parts={parts} />}
    </div>
  )
}

/** Why the order cannot be asked for now; undefined where it can. What is only old is asked for: the engine reviews it itself. */
function useHindrance({ parts, state }: TicketSubmitProps): string | undefined {
  const text = useText()
  const locale = useLocale()
  const isLocked = useTradingSafety((safety) => safety.isLocked)
  const hasLine = useConnection(({ state: line }) => line === 'open')
  const { reading, preview, isPreviewOld } = state
  if (isLocked) return text('screen.ticket.locked')
  if (!hasLine) return text('screen.ticket.no-line.now')
  if (reading.kind === 'incomplete') return text(`screen.ticket.need.${reading.field}`)
  if (reading.kind === 'wrong') return text('screen.ticket.mend')
  const verdict = isPreviewOld ? undefined : preview.preview?.verdict
  if (verdict === undefined || verdict.ok) return undefined
  return refusalText(locale, verdict.refusal, refusalNumbers(locale, { setup: parts.setup, instrumentOf }))
}

/** What came of the last press. It stays until the next draft. */
function TicketResult({ sent, parts }: { readonly sent: Sent; readonly parts: TicketParts }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { answer, sentence } = sent
  if (answer === undefined) return <p className="ticket-result" role="status">{text('screen.ticket.sending')}</p>
  const time = clockText(sent.at)
  if (isStopped(answer)) {
    return <Outcome look="danger" title={text('screen.ticket.failed', { order: sentence })} reason={text(answer.stopped === 'locked' ? 'screen.ticket.locked' : 'screen.ticket.no-line')} />
  }
  if (!answer.ok) {
    const [look, word] = isUncertain(answer) ? ['attn', 'screen.ticket.uncertain'] as const : ['danger', 'screen.ticket.failed'] as const
    return <Outcome look={look} title={text(word, { order: sentence })} reason={translateError(locale, answer.error)} />
  }
  const { verdict } = answer.value
  if (verdict.ok) return <Outcome look="ink-1" title={text('screen.ticket.sent', { time, order: sentence })} />
  const reason = refusalText(locale, verdict.refusal, refusalNumbers(locale, { setup: parts.setup, instrumentOf }))
  return <Outcome look="danger" title={text('screen.ticket.denied', { time, order: sentence })} reason={reason} />
}

function Outcome({ look, title, reason }: { readonly look: 'danger' | 'attn' | 'ink-1'; readonly title: string; readonly reason?: string }): ReactNode {
  return (
    <div className={`ticket-result ${look === 'attn' ? 'hatch' : ''}`} role="status" data-outcome={look}>
      <p className={`med ${look}`}>{title}</p>
      {reason !== undefined && <p className="ink-2">{reason}</p>}
    </div>
  )
}

import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { scheduleTimeout } from '../../bridge/index.ts'
import { connectToHost } from '../../browser-host/index.ts'
import type { EngineAddress } from '../../supervisor/index.ts'
import {
  contract, createBridge, type Bridge, type CandleWindow, type Contract, type InputOf, type InstrumentView, type QuoteView, type Reply,
} from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command.ts'
import { didYouMean } from '../../base/index.ts'
import { badInput, notPossible, refuse, type Refused, type Trouble } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

export type Told<Value> = { readonly ok: true; readonly value: Value } | Refused

/** Where a command reads the market: the running engine, or the demo market in this very process. */
export interface MarketSource {
  /** `demo`: no engine runs, and the same market is computed here. */
  readonly kind: 'engine' | 'demo'
  readonly instruments: readonly InstrumentView[]
  candles(input: InputOf<Contract['market.candles']>): Promise<Told<CandleWindow>>
  quotes(instruments: readonly string[] | undefined): Promise<Told<readonly QuoteView[]>>
  dispose(): Promise<void>
}

export type OpenedSource = { readonly ok: true; readonly source: MarketSource } | Refused

export async function openMarketSource(context: CommandContext): Promise<OpenedSource> {
  const asked = await askEngine(context, 'market.instruments', {})
  if (asked.ok) return { ok: true, source: engineSource(context, asked.address, asked.value.instruments) }
  if (asked.reason !== 'no-engine' || context.profile.kind !== 'demo') return refuse(asked.trouble)
  const { openDemoSource } = await import('./demo-source.ts')
  return { ok: true, source: await openDemoSource(context) }
}

/** A line of its own that stays open: a long range is many questions. */
function engineSource(context: CommandContext, address: EngineAddress, instruments: readonly InstrumentView[]): MarketSource {
  const { speech, timeoutMs } = context
  const bridge: Bridge<Contract> = createBridge({
    table: contract,
    connect: () => connectToHost(address.port, address.token),
    schedule: scheduleTimeout,
    newKey: randomUUID,
  })
  const silent = (): Refused =>
    refuse(notPossible('cli.engine-silent', speech.say('cli.error.engine-silent', { profile: context.profile.name, timeoutMs }), 'fault'))
  return {
    kind: 'engine',
    instruments,
    async candles(input) {
      if (!(await isOpen(bridge, timeoutMs))) return silent()
      return toldBy(context, await bridge.call('market.candles', input, { timeoutMs }))
    },
    quotes: (wanted) =>
      new Promise((resolve) => {
        const cancel = scheduleTimeout(() => settle(silent()), timeoutMs)
        const settle = (told: Told<readonly QuoteView[]>): void => {
          cancel()
          resolve(told)
        }
        bridge.watch('market.quotes', wanted === undefined ? {} : { instruments: [...wanted] }, {
          snapshot: ({ quotes }) => settle({ ok: true, value: quotes }),
          delta: () => undefined,
          ended: (error) => settle(toldBy(context, { ok: false, error })),
        })
      }),
    dispose: () => Promise.resolve(bridge.dispose()),
  }
}

function isOpen(bridge: Bridge<Contract>, timeoutMs: number): Promise<boolean> {
  const opening = new Promise<boolean>((resolve) => {
    const stop = bridge.onState((state) => {
      if (state !== 'open') return
      // The first state is told before there is anything to stop.
      queueMicrotask(() => stop())
      resolve(true)
    })
  })
  return Promise.race([opening, wait(timeoutMs, false, { ref: false })])
}

/** A reply as a command hands it on. */
export function toldBy<Value>({ speech }: CommandContext, reply: Reply<Value>): Told<Value> {
  if (reply.ok) return { ok: true, value: reply.value }
  const { code, kind } = reply.error
  return refuse({ exitCode: kind === 'malformed' ? 2 : kind === 'bug' ? 70 : 3, kind, code, message: speech.sayError(reply.error) })
}

/** What was typed and is not there. */
export function unknownInstrument({ speech }: CommandContext, given: string, instruments: readonly InstrumentView[]): Trouble {
  const known = instruments.map(({ id }) => id)
  const meant = didYouMean(given, known.map((id) => id.toLowerCase()))?.toUpperCase()
  const message =
    meant === undefined
      ? speech.say('cli.error.unknown-instrument', { given: shortened(given), known: known.join(', ') })
      : speech.say('cli.error.unknown-instrument-meant', { given: shortened(given), meant })
  return badInput('market.unknown-instrument', message)
}

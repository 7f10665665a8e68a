import { randomUUID } from 'node:crypto'
import { scheduleTimeout } from '../../bridge/index.ts'
import { connectToHost } from '../../browser-host/index.ts'
import {
  contract, createBridge, type Bridge, type CallName, type Contract, type InputOf, type InstrumentView, type OutputOf, type Reply, type SnapshotOf,
  type StreamName, type TradingSetupView,
} from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command.ts'
import { notPossible, refuse, type Refused } from '../trouble.ts'

export type Told<Value> = { readonly ok: true; readonly value: Value } | Refused

/** A line to the running engine, with what is needed to read its numbers. */
export interface TradeLine {
  readonly setup: TradingSetupView
  readonly instruments: ReadonlyMap<string, InstrumentView>
  ask<Name extends CallName<Contract>>(name: Name, input: InputOf<Contract[Name]>): Promise<Told<OutputOf<Contract[Name]>>>
  /** What a stream begins with. */
  look<Name extends StreamName<Contract>>(name: Name, input: InputOf<Contract[Name]>): Promise<Told<SnapshotOf<Contract[Name]>>>
}

/** Without an engine nothing is traded, and nothing is asked twice: `use` has the only line, and it ends with it. */
export async function withTradeLine<Value>(context: CommandContext, use: (line: TradeLine) => Promise<Told<Value>>): Promise<Told<Value>> {
  const { speech, profile, timeoutMs } = context
  const asked = await askEngine(context, 'trading.setup', {})
  if (!asked.ok) return refuse(asked.trouble)
  const { address } = asked
  const bridge: Bridge<Contract> = createBridge({
    table: contract,
    connect: () => connectToHost(address.port, address.token),
    schedule: scheduleTimeout,
    newKey: randomUUID,
  })
  const silent = (): Refused => refuse(notPossible('cli.engine-silent', speech.say('cli.error.engine-silent', { profile: profile.name, timeoutMs }), 'fault'))
  try {
    if (!(await isOpen(bridge, timeoutMs))) return silent()
    const ask: TradeLine['ask'] = async (name, input) => toldBy(context, await bridge.call(name, input, { timeoutMs }))
    const listed = await ask('market.instruments', {})
    if (!listed.ok) return listed
    const instruments = new Map(listed.value.instruments.map((view) => [view.id, view]))
    const look: TradeLine['look'] = (name, input) => firstOf(context, bridge, name, input, silent)
    return await use({ setup: asked.value, instruments, ask, look })
  } finally {
    bridge.dispose()
  }
}

function firstOf<Name extends StreamName<Contract>>(
  context: CommandContext, bridge: Bridge<Contract>, name: Name, input: InputOf<Contract[Name]>, silent: () => Refused,
): Promise<Told<SnapshotOf<Contract[Name]>>> {
  return new Promise((resolve) => {
    const cancel = scheduleTimeout(() => settle(silent()), context.timeoutMs)
    const settle = (told: Told<SnapshotOf<Contract[Name]>>): void => {
      cancel()
      resolve(told)
    }
    bridge.watch(name, input, {
      snapshot: (value) => settle({ ok: true, value }),
      delta: () => undefined,
      ended: (error) => settle(toldBy(context, { ok: false, error })),
    })
  })
}

function isOpen(bridge: Bridge<Contract>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = scheduleTimeout(() => resolve(false), timeoutMs)
    bridge.onState((state) => {
      if (state !== 'open') return
      cancel()
      resolve(true)
    })
  })
}

/** An order that was named and is not there was typed wrongly; whatever else the engine refuses is not possible now. */
function toldBy<Value>({ speech }: CommandContext, reply: Reply<Value>): Told<Value> {
  if (reply.ok) return { ok: true, value: reply.value }
  const { code, kind } = reply.error
  const isBadInput = kind === 'malformed' || code === 'trading.unknown-order'
  return refuse({ exitCode: isBadInput ? 2 : kind === 'bug' ? 70 : 3, kind, code, message: speech.sayError(reply.error) })
}

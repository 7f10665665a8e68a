import { randomBytes, randomUUID } from 'node:crypto'
import { connect as connectTcp } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { scheduleTimeout } from '../bridge/index.ts'
import { connectToHost } from '../browser-host/index.ts'
import { readEngineAddress, type EngineAddress } from '../supervisor/index.ts'
import {
  contract, createBridge, printToken, type Bridge, type CallName, type ConnectionState, type Contract, type ErrorCode, type InputOf,
  type OutputOf, type Reply,
} from '../../src-preload/contract/index.ts'
import type { CommandContext } from './command.ts'
import { notPossible, refuse, type Refused } from './trouble.ts'

export type EngineAnswer<Value> =
  | { readonly ok: true; readonly value: Value; readonly address: EngineAddress }
  | (Refused & { readonly reason: EngineSilence | 'answered' })

/** Why there was no answer at all. */
export type EngineSilence = 'no-engine' | 'engine-down' | 'engine-silent' | 'engine-incompatible'

type AskContext = Pick<CommandContext, 'profile' | 'speech' | 'timeoutMs'>

/** One question to the running engine of the profile; an engine that is just being started again is waited for. */
export async function askEngine<Name extends CallName<Contract>>(
  context: AskContext,
  name: Name,
  input: InputOf<Contract[Name]>,
): Promise<EngineAnswer<OutputOf<Contract[Name]>>> {
  const deadline = performance.now() + context.timeoutMs
  const address = readEngineAddress(context.profile.folder)
  if (address === undefined) return silent(context, 'no-engine')
  const bridge = createBridge({
    table: contract,
    connect: () => connectToHost(address.port, address.token),
    schedule: scheduleTimeout,
    newKey: randomUUID,
  })
  try {
    const silence = await firstSilence(bridge, address.port, deadline - performance.now())
    if (silence !== undefined) return silent(context, silence)
    const reply = await bridge.call(name, input, { timeoutMs: Math.max(1, deadline - performance.now()) })
    return answerOf(context, reply, address)
  } finally {
    bridge.dispose()
  }
}

/** Here the engine judged what somebody typed, and not what it may do now. */
const typedWrongly: ReadonlySet<ErrorCode> = new Set(['alert.unknown', 'setting.refused'])

function answerOf<Value>(context: AskContext, reply: Reply<Value>, address: EngineAddress): EngineAnswer<Value> {
  if (reply.ok) return { ok: true, value: reply.value, address }
  const { code, kind } = reply.error
  const message = context.speech.sayError(reply.error)
  const isBadInput = kind === 'malformed' || typedWrongly.has(code)
  const exitCode = isBadInput ? 2 : kind === 'bug' ? 70 : 3
  return { ok: false, reason: 'answered', trouble: { exitCode, kind, code, message } }
}

function silent({ profile, timeoutMs, speech }: AskContext, reason: EngineSilence): Refused & { readonly reason: EngineSilence } {
  const message = speech.say(`cli.error.${reason}`, { profile: profile.name, timeoutMs })
  return { ...refuse(notPossible(`cli.${reason}`, message, 'fault')), reason }
}

const goneMs = 300

/** `undefined` as soon as the line is open. */
function firstSilence(bridge: Bridge<Contract>, port: number, timeoutMs: number): Promise<EngineSilence | undefined> {
  return new Promise((resolve) => {
    const cancel = scheduleTimeout(() => settle('engine-silent'), Math.max(1, timeoutMs))
    const settle = (silence: EngineSilence | undefined): void => {
      cancel()
      resolve(silence)
    }
    const look = async (state: ConnectionState): Promise<void> => {
      // One whose engine stopped may be on its way out itself.
      if (state === 'stopped') await wait(goneMs)
      const listens = await isListening(port, timeoutMs)
      if (!listens) settle('no-engine')
      // One that was lost may only be slow.
      else if (state === 'stopped') settle('engine-down')
    }
    bridge.onState((state) => {
      if (state === 'open') return settle(undefined)
      const silence = silenceOf(state)
      if (silence !== undefined) return settle(silence)
      // What a killed engine leaves behind is an address at which nobody listens.
      if (state === 'stopped' || state === 'lost') void look(state)
    })
  })
}

function silenceOf(state: ConnectionState): EngineSilence | undefined {
  // Somebody else has the port by now: our engine would know its own token.
  if (state === 'refused') return 'no-engine'
  return state === 'incompatible' ? 'engine-incompatible' : undefined
}

function isListening(port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: '127.0.0.1', port })
    const settle = (listens: boolean): void => {
      socket.destroy()
      resolve(listens)
    }
    socket.setTimeout(timeoutMs, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}

const askedMs = 1_000

/** Whether a Ballast is at the port, be it of this profile or another: it alone refuses a token that was made up. */
export async function isBallastAt(port: number): Promise<boolean> {
  const madeUp = printToken({ access: 'read', secret: randomBytes(32).toString('base64url') })
  const connected = await Promise.race([connectToHost(port, madeUp), wait(askedMs)])
  return connected !== undefined && !connected.ok && connected.cause === 'token-refused'
}

import { create } from 'zustand'
import type { CommandAnswerView, Contract, InputOf, Reply } from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { useTradingSafety } from './trading-safety.ts'

/**
 * What a hand on the screen asks of the engine. It must never ask for a second order where one was meant.
 * Invariants: 1 whatever is asked carries a key of its own, and is asked again only with the same one; 2 while trading is locked, nothing of this leaves
 * the screen; 3 without a line nothing waits here to be sent later: a trade that nobody expects any more is not asked for.
 */
export type HandCommand = Extract<keyof Contract, `trading.${'place' | 'place-group' | 'amend' | 'cancel' | 'cancel-all' | 'close' | 'reverse'}`>
export type HandInput<Name extends HandCommand> = Omit<InputOf<Contract[Name]>, 'clientKey' | 'actor'>

export type HandActor = 'hand' | 'hotkey'

/** `stopped`: it never left this screen. */
export type HandAnswer = Reply<CommandAnswerView> | { readonly ok: false; readonly stopped: 'locked' | 'no-line' }

/** What was asked for last beside the ticket: a cancel, a close, a drag. It stays until the next, or until it is taken away. */
export interface LastAct {
  readonly name: HandCommand
  /** The order or the instrument that it was about. */
  readonly about: string
  readonly isWaiting: boolean
  readonly answer: HandAnswer | undefined
}

export const useLastAct = create<{ readonly last: LastAct | undefined }>()(() => ({ last: undefined }))

export const forgetLastAct = (): void => useLastAct.setState({ last: undefined })

/** Longer than the engine ever takes, shorter than anybody waits before he looks elsewhere. */
const answerWithinMs = 8_000

export const newClientKey = (): string => crypto.randomUUID()

/** Asks once. The answer is what the engine decided; what the venue makes of it comes over the streams. */
export async function askTrade<Name extends HandCommand>(
  bridge: ScreenBridge, name: Name, input: HandInput<Name>, clientKey: string, actor: HandActor = 'hand',
): Promise<HandAnswer> {
  if (useTradingSafety.getState().isLocked) return { ok: false, stopped: 'locked' }
  if (bridge.state !== 'open') return { ok: false, stopped: 'no-line' }
  // The one cast: the input of this command with the two fields that all of them have.
  const whole = { ...input, clientKey, actor } as InputOf<Contract[Name]>
  return await bridge.call(name, whole, { timeoutMs: answerWithinMs }) as Reply<CommandAnswerView>
}

/** The same, with the last act following it. */
export async function act<Name extends HandCommand>(
  bridge: ScreenBridge, name: Name, about: string, input: HandInput<Name>, actor: HandActor = 'hand',
): Promise<HandAnswer> {
  useLastAct.setState({ last: { name, about, isWaiting: true, answer: undefined } })
  const answer = await askTrade(bridge, name, input, newClientKey(), actor)
  useLastAct.setState({ last: { name, about, isWaiting: false, answer } })
  return answer
}

export const isStopped = (answer: HandAnswer): answer is Extract<HandAnswer, { readonly stopped: string }> => 'stopped' in answer

/** Whether it is open what became of it: the line broke, or no answer came in time. */
export const isUncertain = (answer: HandAnswer): boolean => !answer.ok && !isStopped(answer) && answer.error.kind === 'fault'

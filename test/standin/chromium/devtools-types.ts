import type { CDPSession } from 'playwright'

/** Playwright types the DevTools protocol but does not export those types: they are read off its session class. */
declare const typed: CDPSession

export type CommandName = Parameters<CDPSession['send']>[0]
export type CommandParameters<Name extends CommandName> = Parameters<typeof typed.send<Name>>[1]
export type CommandResult<Name extends CommandName> = Awaited<ReturnType<typeof typed.send<Name>>>

/** The events that the stand-in listens to. */
export type EventName =
  | 'Fetch.requestPaused'
  | 'Page.frameNavigated'
  | 'Page.frameRequestedNavigation'
  | 'Page.lifecycleEvent'
  | 'Page.navigatedWithinDocument'
  | 'Page.windowOpen'
  | 'Runtime.bindingCalled'
  | 'Runtime.consoleAPICalled'
  | 'Runtime.executionContextCreated'
  | 'Runtime.executionContextDestroyed'
  | 'Target.targetCrashed'
  | 'Target.targetCreated'
  | 'Target.targetDestroyed'
export type EventPayload<Name extends EventName> = Parameters<Parameters<typeof typed.on<Name>>[1]>[0]

/** One target of the browser, or the browser itself: what can be told to do something and reports what happened. */
export interface DevtoolsSession {
  send<Name extends CommandName>(method: Name, parameters?: CommandParameters<Name>): Promise<CommandResult<Name>>
  on<Name extends EventName>(event: Name, listener: (payload: EventPayload<Name>) => void): void
}

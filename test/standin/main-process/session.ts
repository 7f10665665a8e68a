import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { chromium } from './chromium-instance.ts'
import type { WebContents } from './web-contents.ts'
import { ensureReady } from './readiness.ts'
import type { SameArguments } from '../same-arguments.ts'

export type SchemeHandler = Parameters<Electron.Protocol['handle']>[1]
type PermissionName = Parameters<NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>>[1]
type CheckHandler = (contents: WebContents | null, permission: PermissionName, origin: string, details: object) => boolean
type RequestHandler = (contents: WebContents, permission: string, answer: (isGranted: boolean) => void, details: object) => void

/** The part of Electron's protocol module that belongs to one session. */
export class SessionProtocol implements Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'> {
  readonly #handlers = new Map<string, SchemeHandler>()

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    this.#handlers.set(scheme, handler)
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  handlerOf(scheme: string): SchemeHandler | undefined {
    return this.#handlers.get(scheme)
  }
}

/** Electron's Session: who answers its pages' requests, and what they are allowed. */
export class Session extends EventEmitter implements Pick<Electron.Session, 'setSpellCheckerEnabled' | 'isPersistent'> {
  readonly protocol = new SessionProtocol()
  readonly partition: string
  checkPermission: CheckHandler | null = null
  requestPermission: RequestHandler | null = null
  #contextId: Promise<string | undefined> | undefined

  constructor(partition: string) {
    super()
    this.partition = partition
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.checkPermission = handler
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.requestPermission = handler
  }

  // No device can be asked for here, so nothing is there to permit.
  setDevicePermissionHandler(): void {}

  setSpellCheckerEnabled(): void {}

  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:')
  }

  /** Kept partitions share Chromium's profile, every other has a storage of its own. */
  contextId(): Promise<string | undefined> {
    this.#contextId ??= this.isPersistent() ? Promise.resolve(undefined) : chromium().then((started) => started.createContext())
    return this.#contextId
  }
}

const sessions = new Map<string, Session>()

export const session = {
  get defaultSession(): Session {
    return session.fromPartition('')
  },
  fromPartition(partition: string): Session {
    ensureReady('Session can not be received')
    const known = sessions.get(partition) ?? new Session(partition)
    sessions.set(partition, known)
    return known
  },
} satisfies SameArguments<typeof Electron.session, 'fromPartition'> & Record<'defaultSession', Session>

/** The session that answers for a frame or worker of which only the request is known. */
export function findSessionServing(scheme: string): Session | undefined {
  return [...sessions.values()].find((each) => each.protocol.isProtocolHandled(scheme))
}

/** Electron's protocol module: that of the default session. */
export const protocol = {
  handle: (scheme: string, handler: SchemeHandler) => session.defaultSession.protocol.handle(scheme, handler),
  unhandle: (scheme: string) => session.defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => session.defaultSession.protocol.isProtocolHandled(scheme),
  // Chromium knows no further schemes; https is what the app serves.
  registerSchemesAsPrivileged: () => undefined,
} satisfies Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged'>

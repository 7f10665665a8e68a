import type { Chromium, PausedRequest } from '../chromium/chromium.ts'
import type { DevtoolsSession } from '../chromium/devtools-types.ts'
import { createPreventableEvent } from './preventable-event.ts'
import { findSessionServing, type SchemeHandler, type Session } from './session.ts'
import type { WebContents } from './web-contents.ts'
import { findByTarget } from './web-contents-registry.ts'

/**
 * What becomes of a request of any page: the app's navigation listeners may stop it, its protocol handler may answer it, and
 * only a scheme that nobody handles goes to the network.
 */
export async function decideOnRequest(paused: PausedRequest, chromium: Chromium): Promise<void> {
  const { requestId, request } = paused
  const { browser } = chromium
  const contents = findByTarget(paused.frameId)
  if (chromium.isPopup(paused.frameId)) return fail(browser, requestId, 'BlockedByClient')
  if (contents !== undefined && paused.resourceType === 'Document' && isNavigationStopped(contents, paused)) {
    return fail(browser, requestId, 'Aborted')
  }
  const scheme = new URL(request.url).protocol.replace(':', '')
  const handler = responsible(contents, scheme)?.protocol.handlerOf(scheme)
  if (handler === undefined) return void (await browser.send('Fetch.continueRequest', { requestId }))
  const response = await ask(handler, paused)
  // Response.error() is how a handler says that there is no answer.
  if (response.type === 'error') return fail(browser, requestId, 'Failed')
  await fulfill(browser, requestId, response)
}

async function ask(handler: SchemeHandler, paused: PausedRequest): Promise<Response> {
  try {
    return await handler(toRequest(paused))
  } catch (error) {
    console.error(`the protocol handler failed for ${paused.request.url}:`, error)
    return Response.error()
  }
}

/** Requests of sub-frames and workers name no page, and then the scheme has to say whose they are. */
function responsible(contents: WebContents | undefined, scheme: string): Session | undefined {
  return contents?.session ?? findSessionServing(scheme)
}

/** Asks the app's listeners, as Electron does: of what the page itself began, not of what the app or a debugger began. */
function isNavigationStopped(contents: WebContents, { request: { url }, redirectedRequestId }: PausedRequest): boolean {
  const event = createPreventableEvent({ url, isMainFrame: true, isSameDocument: false, frame: contents.mainFrame })
  if (redirectedRequestId !== undefined) {
    contents.emit('will-redirect', event, url, false, true, 1, 1)
  } else if (contents.target.takeWanted(url)) {
    contents.emit('will-navigate', event, url, false, true, 1, 1)
    if (!event.defaultPrevented) contents.emit('will-frame-navigate', event)
  }
  return event.defaultPrevented
}

function toRequest({ request }: PausedRequest): Request {
  const parts = (request.postDataEntries ?? []).map((entry) => Buffer.from(entry.bytes ?? '', 'base64'))
  const { url, method, headers } = request
  return new Request(url, { method, headers, ...(parts.length === 0 ? {} : { body: Buffer.concat(parts) }) })
}

async function fulfill(browser: DevtoolsSession, requestId: string, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer()).toString('base64')
  const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }))
  await browser.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body })
}

type Refusal = 'Aborted' | 'BlockedByClient' | 'Failed'

async function fail(browser: DevtoolsSession, requestId: string, errorReason: Refusal): Promise<void> {
  await browser.send('Fetch.failRequest', { requestId, errorReason })
}

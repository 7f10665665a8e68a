import type { App, Session, WebFrameMain } from 'electron'
import { securityHeaders, type AssetSource } from '../page/index.ts'

/**
 * Where the page lives in a desktop window. Nothing listens there: the session answers it itself. It is an https origin
 * because the page then counts as secure, and `localhost` because hardware keys are bound to that name.
 */
export const pageOrigin = 'https://localhost'

const isPageAddress = (address: string): boolean => URL.parse(address)?.origin === pageOrigin

/** Whether a message comes from the page itself: not from a frame in it, and not from one that is gone. */
export function isPage(frame: Pick<WebFrameMain, 'parent' | 'url'> | null): frame is WebFrameMain {
  try {
    return frame !== null && frame.parent === null && isPageAddress(frame.url)
  } catch {
    // Electron throws when a frame that is no more is asked anything.
    return false
  }
}

/** Answers whatever a window requests: with 403 for all that is not the page's own. */
export type PageAnswers = (request: Request) => Promise<Response>

const refusal = (status: number): Response =>
  new Response('refused', { status, headers: { ...securityHeaders, 'content-type': 'text/plain' } })

const onlyOwn = (answer: (url: URL) => Promise<Response>): PageAnswers => async ({ url, method }) => {
  if (!isPageAddress(url)) return refusal(403)
  return method === 'GET' || method === 'HEAD' ? answer(new URL(url)) : refusal(405)
}

export const answersFromAssets = (assets: AssetSource): PageAnswers => onlyOwn(async ({ pathname }) => {
  const asset = await assets.read(pathname)
  if (asset === undefined) return refusal(404)
  const cache = asset.isImmutable ? 'public, max-age=31536000, immutable' : 'no-store'
  const headers = { ...securityHeaders, 'content-type': asset.type, 'cache-control': cache }
  return new Response(new Uint8Array(asset.body), { headers })
})

/** Development only: hot reload works by inline scripts, which the page's policy would not let run. */
export const answersFromServer = (server: string): PageAnswers => onlyOwn(async ({ pathname, search }) => {
  const { body, status, headers } = await fetch(new URL(pathname + search, server))
  return new Response(body, { status, headers: { 'content-type': headers.get('content-type') ?? 'text/plain' } })
})

const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write' || permission === 'notifications'

/** Makes the windows' session the page's own: it answers all requests, and permits next to nothing. */
export function fenceSession(session: Session, answers: PageAnswers): Session {
  for (const scheme of ['https', 'http']) session.protocol.handle(scheme, answers)
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isAllowed(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission))
  return session
}

/** For every page there will ever be, whoever opens it: it stays where it is and opens nothing. */
export function fenceNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event) => (isPageAddress(event.url) ? undefined : event.preventDefault()))
  })
}

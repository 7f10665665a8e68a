import type { WebContents } from './web-contents.ts'

type CheckHandler = NonNullable<WebContents['session']['checkPermission']>
export type CheckedPermission = Parameters<CheckHandler>[1]

/**
 * Asks the app as Electron asks it when a page wants something: first whether it has the permission, then whether it may get it.
 * Without a handler Electron permits everything.
 */
export async function askPermission(contents: WebContents, permission: CheckedPermission): Promise<boolean> {
  const { session } = contents
  const origin = contents.mainFrame.origin
  const details = { isMainFrame: true, requestingUrl: contents.getURL() }
  if (session.checkPermission?.(contents, permission, origin, details) === false) return false
  const ask = session.requestPermission
  if (ask === null) return true
  return new Promise((resolve) => ask(contents, permission, resolve, details))
}

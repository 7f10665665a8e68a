import { contract, createBridge, type Bridge, type Contract } from '../../src-preload/contract/index.ts'
import { createBrowserCarrier } from './browser-carrier.ts'
import { keptPlaceOf } from '../stores/kept-text.ts'
import type { Carrier } from './carrier.ts'
import { createElectronCarrier } from './electron-carrier.ts'
import { takePageToken, tokenKey, tokenOfHash } from './page-token.ts'
import { createWebSigner } from './web-signer.ts'

export type ScreenBridge = Bridge<Contract>

/** The one way from this page to the engine: the window's port in the desktop program, a websocket in a browser. */
export function openScreenBridge(page: Window): { readonly bridge: ScreenBridge; readonly carrier: Carrier } {
  const carrier = page.ballast === undefined ? browserCarrierOf(page) : createElectronCarrier(page.ballast)
  const bridge = createBridge({
    table: contract,
    connect: () => carrier.connect(),
    schedule: (action, delayMs) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    newKey: () => page.crypto.randomUUID(),
  })
  return { bridge, carrier }
}

function browserCarrierOf(page: Window): Carrier {
  const { location, history } = page
  const storage = keptPlaceOf(() => page.sessionStorage)
  const token = takePageToken({
    hash: location.hash,
    storage,
    dropHash: () => history.replaceState(history.state, '', location.pathname + location.search),
  })
  // A new address pasted over this one differs in the fragment alone: the browser would not load anything.
  page.addEventListener('hashchange', () => {
    if (tokenOfHash(location.hash) !== undefined) location.reload()
  })
  if (token === undefined) storage.removeItem(tokenKey)
  return createBrowserCarrier({
    url: `ws://${location.host}/ws`,
    token,
    signer: createWebSigner(page.crypto.subtle),
    newNonce: () => page.crypto.randomUUID().replaceAll('-', ''),
  })
}

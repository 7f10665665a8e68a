import { parseToken, printToken, type Token } from '../../src-preload/contract/index.ts'

/** Where the token lives while the tab does. Session storage: another tab or a later day must bring its own. */
export const tokenKey = 'ballast.token'

/** What of the page is needed, so that it can be tested without one. */
export interface TokenPlace {
  readonly hash: string
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  /** Takes the token out of the address, so that it is in no history, bookmark or screenshot. */
  dropHash(): void
}

export function tokenOfHash(hash: string): Token | undefined {
  const text = new URLSearchParams(hash.replace(/^#/, '')).get('t')
  return text === null ? undefined : parseToken(text)
}

/** The token that the address brought, else the one that this tab had before. */
export function takePageToken(place: TokenPlace): Token | undefined {
  const isInAddress = new URLSearchParams(place.hash.replace(/^#/, '')).has('t')
  const brought = tokenOfHash(place.hash)
  if (isInAddress) place.dropHash()
  if (brought !== undefined) {
    place.storage.setItem(tokenKey, printToken(brought))
    return brought
  }
  // An address with a broken token was meant to bring a new one: falling back to the old one would hide the mistake.
  if (isInAddress) return undefined
  const kept = place.storage.getItem(tokenKey)
  return kept === null ? undefined : parseToken(kept)
}

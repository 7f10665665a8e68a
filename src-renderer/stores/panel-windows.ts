import { create } from 'zustand'

/**
 * Panels that are shown in a window of their own. Such a window is a page like this one, with its own line to the engine and its
 * own halt; this page only knows that it is there. It knows by a lock that the other page holds for as long as it lives: a
 * window that crashes lets go of it as surely as one that is closed.
 */
export interface AwayFacts {
  readonly panels: ReadonlySet<string>
}

export const useAwayPanels = create<AwayFacts>()(() => ({ panels: new Set() }))

export const isAway = (panel: string): boolean => useAwayPanels.getState().panels.has(panel)

function setAway(panel: string, isGone: boolean): void {
  useAwayPanels.setState(({ panels }) => {
    if (panels.has(panel) === isGone) return {}
    const changed = new Set(panels)
    if (isGone) changed.add(panel)
    else changed.delete(panel)
    return { panels: changed }
  })
}

const lockPrefix = 'ballast.panel.'
const lockOf = (panel: string): string => `${lockPrefix}${panel}`
const channelName = 'ballast.panels'

/** What the windows say to one another. Anything else on the channel is nobody's word. */
export type PanelWord = { readonly kind: 'here' | 'come-back'; readonly panel: string }

export function parsePanelWord(data: unknown): PanelWord | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { kind, panel } = data as { readonly kind?: unknown; readonly panel?: unknown }
  return (kind === 'here' || kind === 'come-back') && typeof panel === 'string' ? { kind, panel } : undefined
}

/** What of the browser is needed: so that two windows can be played in a test. */
export interface WindowMeans {
  readonly locks: Pick<LockManager, 'request' | 'query'>
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>
}

export const windowMeansOf = ({ navigator }: Window): WindowMeans => ({ locks: navigator.locks, channel: new BroadcastChannel(channelName) })

/** Of a page that holds many panels: which of them are elsewhere, from now on and from before. */
export async function followPanelWindows({ locks, channel }: WindowMeans, known: readonly string[]): Promise<void> {
  const awaited = new Set<string>()
  const awaitBack = async (panel: string): Promise<void> => {
    if (awaited.has(panel) || !known.includes(panel)) return
    awaited.add(panel)
    setAway(panel, true)
    // Granted when the other page is no more, however it ended. All is done while it is held: the next page waits that long to say
    // that it is there.
    await locks.request(lockOf(panel), () => {
      awaited.delete(panel)
      setAway(panel, false)
    })
  }
  channel.addEventListener('message', ({ data }) => {
    const word = parsePanelWord(data)
    if (word?.kind === 'here') void awaitBack(word.panel)
  })
  const { held = [] } = await locks.query()
  for (const { name } of held) if (name?.startsWith(lockPrefix) === true) void awaitBack(name.slice(lockPrefix.length))
}

/** Of a page that shows one panel alone: says that it is there for as long as it is, and ends when it is called back. */
export function standForPanel({ locks, channel }: WindowMeans, panel: string, end: () => void): void {
  void locks.request(lockOf(panel), () => {
    channel.postMessage({ kind: 'here', panel } satisfies PanelWord)
    // Held until the page is gone.
    return new Promise<never>(() => undefined)
  })
  channel.addEventListener('message', ({ data }) => {
    const word = parsePanelWord(data)
    if (word?.kind === 'come-back' && word.panel === panel) end()
  })
}

export const callBack = ({ channel }: Pick<WindowMeans, 'channel'>, panel: string): void =>
  channel.postMessage({ kind: 'come-back', panel } satisfies PanelWord)

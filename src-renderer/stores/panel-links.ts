import { create } from 'zustand'
import { isRecord, keep, keptPlaceOf, readKept } from './kept-text.ts'
import { linkColours, type LinkColour } from './linked-symbol.ts'

/** Which colour each panel of the market goes with; charts keep theirs among their own settings. */
export type PanelLinks = Readonly<Record<string, LinkColour>>

export const panelLinksKey = 'ballast.panel-links'
const version = 1
/** Until somebody has chosen otherwise, all of them show one instrument. */
export const firstLink: LinkColour = 'blue'

/** A colour that is none is left out: that panel goes with the first one again. */
export function parsePanelLinks(json: unknown): PanelLinks | undefined {
  if (!isRecord(json) || json['version'] !== version || !isRecord(json['links'])) return undefined
  const links: Record<string, LinkColour> = {}
  for (const [panel, given] of Object.entries(json['links'])) {
    const colour = linkColours.find((each) => each === given)
    if (colour !== undefined && /^[a-z0-9-]{1,40}$/.test(panel)) links[panel] = colour
  }
  return links
}

export const printPanelLinks = (links: PanelLinks): string => JSON.stringify({ version, links })

const place = keptPlaceOf(() => localStorage)

export const usePanelLinks = create<{ readonly links: PanelLinks }>()(() => ({ links: readKept(place, panelLinksKey, parsePanelLinks) ?? {} }))

usePanelLinks.subscribe(({ links }) => keep(place, panelLinksKey, printPanelLinks(links)))

export const usePanelLink = (panel: string): LinkColour => usePanelLinks(({ links }) => links[panel] ?? firstLink)

export const choosePanelLink = (panel: string, colour: LinkColour): void =>
  usePanelLinks.setState(({ links }) => ({ links: { ...links, [panel]: colour } }))

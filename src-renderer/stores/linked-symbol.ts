import { create } from 'zustand'
import { isRecord, keep, keptPlaceOf, readKept, type KeptPlace } from './kept-text.ts'

/** Panels of one colour show one instrument. Named for what the series' tokens look like in both themes. */
export const linkColours = ['blue', 'violet', 'sand', 'teal'] as const
export type LinkColour = (typeof linkColours)[number]

/** The token that paints a link's sign. */
export const linkToken: Readonly<Record<LinkColour, string>> = {
  blue: '--series-1', violet: '--series-2', sand: '--series-3', teal: '--series-4',
}

export type LinkedInstruments = Readonly<Partial<Record<LinkColour, string>>>

export const linksKey = 'ballast.links'
const version = 1

const instrumentForm = /^[A-Z0-9][A-Z0-9./:_-]{0,39}$/
export const isInstrumentId = (value: unknown): value is string => typeof value === 'string' && instrumentForm.test(value)

export function parseLinks(json: unknown): LinkedInstruments | undefined {
  if (!isRecord(json) || json['version'] !== version || !isRecord(json['links'])) return undefined
  const links: Partial<Record<LinkColour, string>> = {}
  for (const colour of linkColours) {
    const instrument = json['links'][colour]
    if (isInstrumentId(instrument)) links[colour] = instrument
  }
  return links
}

export const printLinks = (links: LinkedInstruments): string => JSON.stringify({ version, links })

const place: KeptPlace = keptPlaceOf(() => localStorage)

export const useLinks = create<LinkedInstruments>()(() => readKept(place, linksKey, parseLinks) ?? {})

useLinks.subscribe((links) => keep(place, linksKey, printLinks(links)))

/** What the panels of this colour show; undefined without a colour, or where nothing was chosen for it yet. */
export const useLinkedInstrument = (colour: LinkColour | undefined): string | undefined =>
  useLinks((links) => (colour === undefined ? undefined : links[colour]))

export const linkedInstrument = (colour: LinkColour): string | undefined => useLinks.getState()[colour]

export const chooseLinkedInstrument = (colour: LinkColour, instrument: string): void => useLinks.setState({ [colour]: instrument })

/** Only where nothing was chosen: a newcomer sees a market and not an empty panel. */
export function offerLinkedInstrument(colour: LinkColour, instrument: string): void {
  if (linkedInstrument(colour) === undefined) chooseLinkedInstrument(colour, instrument)
}

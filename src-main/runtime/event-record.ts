import type { EngineCommand, EngineEvent, TradingCommand, TradingEvent } from '../domain/index.ts'
import type { AnyEvent, TradingInput } from '../engine/index.ts'
import type { JournalBody, JournalDraft, JournalRecord } from '../ports/index.ts'

/** How the journal names what the engine decided; and the way back, for the next start. */
const area = 'engine.'
/** What happens to orders and money. */
const tradingArea = 'trading.'

const factNames: Readonly<Record<EngineEvent['kind'], string>> = {
  'engine-started': 'started',
  'mode-changed': 'mode-changed',
  'mode-refused': 'mode-refused',
  'clock-jumped': 'clock-jumped',
  'journal-troubled': 'journal-troubled',
  'journal-recovered': 'journal-recovered',
}

const kindsByFact = new Map(Object.entries(factNames).map(([kind, fact]) => [fact, kind]))

/** One entry for each kind, or it does not compile: an event that a start does not know again would be lost. */
const tradingKinds: Readonly<Record<TradingEvent['kind'], true>> = {
  'command-taken': true, 'command-refused': true, 'command-lost': true, 'order-intended': true, 'order-denied': true, 'order-held': true, 'stop-moved': true,
  'order-triggered': true, 'order-sending': true, 'order-resized': true, 'order-working': true, 'order-rejected': true, 'order-unknown': true,
  'order-looked-up': true, 'order-absent': true, 'order-stuck': true, 'order-canceled': true, 'order-expired': true, 'order-corrected': true,
  'cancel-changed': true, 'amend-changed': true, 'order-filled': true, 'fill-superseded': true, 'overfill-seen': true, 'trade-conflicted': true,
  'external-adopted': true, 'money-posted': true, 'opening-taken': true, 'break-seen': true, 'break-healed': true, 'epoch-asked': true,
  'epoch-closed': true, 'self-trade-prevented': true, 'group-ended': true, 'order-flagged': true,
  'kill-delayed': true, 'order-completed': true, 'order-revised': true, 'position-split': true,
}

export const isEngineEvent = (event: AnyEvent): event is EngineEvent => Object.hasOwn(factNames, event.kind)

export function recordOfEvent(event: AnyEvent): JournalDraft {
  const { kind, at, correlation, ...body } = event
  const name = isEngineEvent(event) ? `${area}${factNames[event.kind]}` : `${tradingArea}${kind}`
  // Events are plain data with numbers that JSON holds exactly.
  return { kind: name, at, ...(correlation === undefined ? {} : { correlation }), body: body as unknown as JournalBody }
}

/** A record of the one sequence of events, whether this version can read it or not. */
export const isEventRecord = ({ kind }: JournalRecord): boolean => kind.startsWith(area) || kind.startsWith(tradingArea)

/** `undefined` for records of another area, and for those of a later version that this one does not know. */
export function anyEventOfRecord(record: JournalRecord): AnyEvent | undefined {
  if (!record.kind.startsWith(tradingArea)) return eventOfRecord(record)
  const kind = record.kind.slice(tradingArea.length)
  return Object.hasOwn(tradingKinds, kind) ? eventFrom(record, kind) : undefined
}

/** The same for the engine's own alone: starts, modes, clock and journal. */
export function eventOfRecord(record: JournalRecord): EngineEvent | undefined {
  const known = record.kind.startsWith(area) ? kindsByFact.get(record.kind.slice(area.length)) : undefined
  return known === undefined ? undefined : (eventFrom(record, known) as EngineEvent)
}

const eventFrom = ({ at, correlation, body }: JournalRecord, kind: string): AnyEvent =>
  // Only this engine writes records of these areas, and the journal lets nobody change them.
  ({ ...body, kind, at, ...(correlation === undefined ? {} : { correlation }) }) as unknown as AnyEvent

export function recordOfCommand(command: EngineCommand | TradingCommand): JournalDraft {
  const { kind, at, correlation, ...body } = command
  // A command is plain data too.
  return { kind: 'command.taken', at, ...(correlation === undefined ? {} : { correlation }), body: { command: kind, ...(body as unknown as JournalBody) } }
}

const commandKinds: ReadonlySet<string> = new Set<(EngineCommand | TradingCommand)['kind']>([
  'halt-trading', 'resume-trading', 'kill-trading', 'place-order', 'place-group', 'amend-order', 'cancel-order', 'cancel-all', 'close-position',
  'reverse-position', 'batch', 'record-transfer', 'settle-stuck',
])

export const isCommand = (input: TradingInput): input is EngineCommand | TradingCommand => commandKinds.has(input.kind)

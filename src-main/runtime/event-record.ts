import type { EngineCommand, EngineEvent } from '../domain/index.ts'
import type { JournalDraft, JournalRecord } from '../ports/index.ts'

/** How the journal names what the engine decided; and the way back, for the next start. */
const area = 'engine.'

const factNames: Readonly<Record<EngineEvent['kind'], string>> = {
  'engine-started': 'started',
  'mode-changed': 'mode-changed',
  'mode-refused': 'mode-refused',
  'clock-jumped': 'clock-jumped',
  'journal-troubled': 'journal-troubled',
  'journal-recovered': 'journal-recovered',
}

const kindsByFact = new Map(Object.entries(factNames).map(([kind, fact]) => [fact, kind]))

export function recordOfEvent(event: EngineEvent): JournalDraft {
  const { kind, at, correlation, ...body } = event
  return { kind: `${area}${factNames[kind]}`, at, ...(correlation === undefined ? {} : { correlation }), body }
}

/** `undefined` for records of another area, and for those of a later version that this one does not know. */
export function eventOfRecord({ kind, at, correlation, body }: JournalRecord): EngineEvent | undefined {
  const known = kind.startsWith(area) ? kindsByFact.get(kind.slice(area.length)) : undefined
  if (known === undefined) return undefined
  // Only this engine writes records of this area, and the journal lets nobody change them.
  return { ...body, kind: known, at, ...(correlation === undefined ? {} : { correlation }) } as unknown as EngineEvent
}

export function recordOfCommand(command: EngineCommand): JournalDraft {
  const { kind, at, correlation, ...body } = command
  return { kind: 'command.taken', at, ...(correlation === undefined ? {} : { correlation }), body: { command: kind, ...body } }
}

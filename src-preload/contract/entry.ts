import type { z } from 'zod'

/** Who may use an entry. Each level includes the ones before it. */
export const accessLevels = ['read', 'trade', 'admin'] as const
export type Access = (typeof accessLevels)[number]

export const mayUse = (granted: Access, wanted: Access): boolean => accessLevels.indexOf(granted) >= accessLevels.indexOf(wanted)

/**
 * `whileLocked`: served although the screens are locked. Only what shows nothing of the trader's affairs, makes trading
 * safer, or leads out of the lock.
 */

/** Changes something. Carries an idempotency key, so that a resend after a lost reply is answered, not done again. */
export interface CommandEntry<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'command'
  readonly summary: string
  readonly access: Access
  /** Overtakes everything that waits and is never refused for haste: only for what makes trading safer. */
  readonly urgent: boolean
  readonly whileLocked: boolean
  readonly input: Input
  readonly output: Output
}

/** Reads something. Safe to repeat. */
export interface QueryEntry<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'query'
  readonly summary: string
  readonly access: Access
  readonly whileLocked: boolean
  readonly input: Input
  readonly output: Output
}

/** A snapshot, then what changed. */
export interface StreamEntry<
  Input extends z.ZodType = z.ZodType,
  Snapshot extends z.ZodType = z.ZodType,
  Delta extends z.ZodType = z.ZodType,
> {
  readonly kind: 'stream'
  readonly summary: string
  readonly access: Access
  readonly whileLocked: boolean
  /** `every`: no delta is ever left out; past the bound the stream ends with bridge.overflow and is opened anew. `latest`: a newer delta replaces an older one that has not left yet. */
  readonly delivery: 'every' | 'latest'
  /** How many deltas of this stream may wait for a slow reader. */
  readonly bound: number
  readonly input: Input
  readonly snapshot: Snapshot
  readonly delta: Delta
}

export type ContractEntry = CommandEntry | QueryEntry | StreamEntry
export type ContractTable = Readonly<Record<string, ContractEntry>>

export const command = <Input extends z.ZodType, Output extends z.ZodType>(
  entry: Omit<CommandEntry<Input, Output>, 'kind' | 'urgent' | 'whileLocked'> & { readonly urgent?: boolean; readonly whileLocked?: true },
): CommandEntry<Input, Output> => ({ urgent: false, whileLocked: false, ...entry, kind: 'command' })

export const query = <Input extends z.ZodType, Output extends z.ZodType>(
  entry: Omit<QueryEntry<Input, Output>, 'kind' | 'whileLocked'> & { readonly whileLocked?: true },
): QueryEntry<Input, Output> => ({ whileLocked: false, ...entry, kind: 'query' })

export const stream = <Input extends z.ZodType, Snapshot extends z.ZodType, Delta extends z.ZodType>(
  entry: Omit<StreamEntry<Input, Snapshot, Delta>, 'kind' | 'bound' | 'whileLocked'> & { readonly bound?: number; readonly whileLocked?: true },
): StreamEntry<Input, Snapshot, Delta> => ({ bound: entry.delivery === 'every' ? 4096 : 1, whileLocked: false, ...entry, kind: 'stream' })

type NamesOfKind<Table extends ContractTable, Kind extends ContractEntry['kind']> = {
  [Name in keyof Table]: Table[Name]['kind'] extends Kind ? Name : never
}[keyof Table] &
  string

export type CommandName<Table extends ContractTable> = NamesOfKind<Table, 'command'>
export type QueryName<Table extends ContractTable> = NamesOfKind<Table, 'query'>
export type CallName<Table extends ContractTable> = NamesOfKind<Table, 'command' | 'query'>
export type StreamName<Table extends ContractTable> = NamesOfKind<Table, 'stream'>

export type InputOf<Entry extends ContractEntry> = z.output<Entry['input']>
export type OutputOf<Entry extends ContractEntry> = Entry extends { readonly output: infer Output extends z.ZodType }
  ? z.output<Output>
  : never
export type SnapshotOf<Entry extends ContractEntry> = Entry extends { readonly snapshot: infer Snapshot extends z.ZodType }
  ? z.output<Snapshot>
  : never
export type DeltaOf<Entry extends ContractEntry> = Entry extends { readonly delta: infer Delta extends z.ZodType }
  ? z.output<Delta>
  : never

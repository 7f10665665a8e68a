import type {
  Access, CallName, ContractTable, DeltaOf, InputOf, OutputOf, Reply, SnapshotOf, StreamName,
} from '../../src-preload/contract/index.ts'

/** Whom a handler serves. */
export interface Caller {
  readonly access: Access
  /** What kind of client: a window, the browser, the command line. */
  readonly peer: string
  /** Of a command: ties together everything that it causes. */
  readonly correlation?: string
}

/** Where a stream's handler puts what it has. Nothing may be put before the snapshot. */
export interface StreamSink<Snapshot, Delta> {
  snapshot(value: Snapshot): void
  delta(value: Delta): void
}

type Call<Table extends ContractTable, Name extends CallName<Table>> = (
  input: InputOf<Table[Name]>,
  caller: Caller,
) => Reply<OutputOf<Table[Name]>> | Promise<Reply<OutputOf<Table[Name]>>>

/** Begins a stream; the answer ends it. */
type Watch<Table extends ContractTable, Name extends StreamName<Table>> = (
  input: InputOf<Table[Name]>,
  sink: StreamSink<SnapshotOf<Table[Name]>, DeltaOf<Table[Name]>>,
  caller: Caller,
) => () => void

/** One handler for each entry of the table: a missing or a surplus one does not compile. */
export type Handlers<Table extends ContractTable> = {
  readonly [Name in CallName<Table>]: Call<Table, Name>
} & { readonly [Name in StreamName<Table>]: Watch<Table, Name> }

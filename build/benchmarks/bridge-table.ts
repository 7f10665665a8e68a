import { z } from 'zod'
import { command, stream, type ContractTable } from '../../src-preload/contract/index.ts'

/** Entries as heavy as real ones: a command with a key, and a stream of quotes of which none may be left out. */
export const bridgeTable = {
  'bench.command': command({
    summary: 'Does nothing, as a command does.',
    access: 'trade',
    input: z.strictObject({ number: z.int() }),
    output: z.strictObject({ number: z.int() }),
  }),
  'bench.quotes': stream({
    summary: 'As many quotes as are asked for, at once.',
    access: 'read',
    delivery: 'every',
    bound: 50_000,
    input: z.strictObject({ count: z.int() }),
    snapshot: z.strictObject({}),
    delta: z.strictObject({ instrument: z.string(), price: z.string(), size: z.string(), at: z.int() }),
  }),
} as const satisfies ContractTable

export type BridgeTable = typeof bridgeTable

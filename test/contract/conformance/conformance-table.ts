import { z } from 'zod'
import { command, contract, query, stream, type ContractTable } from '../../../src-preload/contract/index.ts'

/** The real contract, and beside it what only a test needs: entries that fail, flood, wait, or drop the line. */
export const conformanceTable = {
  ...contract,
  'test.count': command({
    summary: 'Counts how often it was really executed.',
    access: 'trade',
    input: z.strictObject({ label: z.string() }),
    output: z.strictObject({ executed: z.int() }),
  }),
  'test.drop': command({
    summary: 'Counts, then cuts the caller’s line before the answer can leave.',
    access: 'trade',
    input: z.strictObject({ label: z.string() }),
    output: z.strictObject({ executed: z.int() }),
  }),
  'test.wait': query({
    summary: 'Answers after a while.',
    access: 'read',
    input: z.strictObject({ ms: z.int() }),
    output: z.strictObject({}),
  }),
  'test.echo': query({
    summary: 'Answers with what it was sent.',
    access: 'read',
    input: z.strictObject({ value: z.json() }),
    output: z.strictObject({ value: z.json() }),
  }),
  'test.admin': command({
    summary: 'Asks for the highest access.',
    access: 'admin',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'test.throw': query({
    summary: 'Throws a text that must not be told.',
    access: 'read',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'test.bad-output': query({
    summary: 'Answers with what its schema forbids.',
    access: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ must: z.literal('be') }),
  }),
  'test.every': stream({
    summary: 'Counts up at once, leaving nothing out.',
    access: 'read',
    delivery: 'every',
    bound: 5_000,
    input: z.strictObject({ count: z.int() }),
    snapshot: z.strictObject({ from: z.int() }),
    delta: z.int(),
  }),
  'test.latest': stream({
    summary: 'Counts up at once, of which only the last matters.',
    access: 'read',
    delivery: 'latest',
    input: z.strictObject({ count: z.int() }),
    snapshot: z.int(),
    delta: z.int(),
  }),
  'test.throwing-stream': stream({
    summary: 'Throws as it is opened.',
    access: 'read',
    delivery: 'every',
    input: z.strictObject({}),
    snapshot: z.int(),
    delta: z.int(),
  }),
} as const satisfies ContractTable

export type ConformanceTable = typeof conformanceTable

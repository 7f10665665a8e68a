import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { z } from 'zod'
import { valueFlag, type CommandContext } from './command.ts'
import { badInput, refuse, type Refused } from './trouble.ts'

/**
 * How a passphrase or a recovery code reaches the command line: from a file descriptor, from a file that only its owner
 * can read, or typed where nobody sees it. Never as an argument: the process list shows arguments to everybody.
 */
export const secretFlags = {
  'passphrase-fd': valueFlag({
    placeholder: 'N',
    description: 'cli.flag.passphrase-fd',
    expected: 'cli.expected.descriptor',
    schema: z.string().regex(/^\d{1,4}$/).transform(Number),
  }),
}

export interface SecretFlagValues {
  readonly 'passphrase-fd': number | undefined
}

export type ReadSecret = { readonly ok: true; readonly secret: string | undefined } | Refused

const fileVariable = 'BALLAST_PASSPHRASE_FILE'
/** A passphrase of this length is a mistake: somebody named the wrong file. */
const bytesMax = 4_096

/** What was given without being asked for: by flag, else by variable. */
export function givenSecret(context: CommandContext, flags: SecretFlagValues): ReadSecret {
  const descriptor = flags['passphrase-fd']
  if (descriptor !== undefined) return readFrom(context, () => descriptor, `--passphrase-fd ${descriptor}`, false)
  const path = context.surroundings.env[fileVariable]
  if (path === undefined || path === '') return { ok: true, secret: undefined }
  return readFrom(context, () => openSync(path, 'r'), fileVariable, true)
}

/** From a descriptor that another flag names. */
export const readDescriptor = (context: CommandContext, descriptor: number): ReadSecret =>
  readFrom(context, () => descriptor, `descriptor ${descriptor}`, false)

function readFrom({ speech, surroundings }: CommandContext, open: () => number, source: string, isFile: boolean): ReadSecret {
  let descriptor: number | undefined
  try {
    descriptor = open()
    const isOpenToOthers = isFile && surroundings.platform !== 'win32' && (fstatSync(descriptor).mode & 0o077) !== 0
    if (isOpenToOthers) return refuse(badInput('cli.secret-file-open', speech.say('cli.error.secret-file-open', { source })))
    const secret = readAll(descriptor)
    if (secret === undefined) return refuse(badInput('cli.secret-too-long', speech.say('cli.error.secret-too-long', { source, bytes: bytesMax })))
    if (secret === '') return refuse(badInput('cli.secret-empty', speech.say('cli.error.secret-empty', { source })))
    return { ok: true, secret }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return refuse(badInput('cli.secret-unreadable', speech.say('cli.error.secret-unreadable', { source, code })))
  } finally {
    if (isFile && descriptor !== undefined) closeSync(descriptor)
  }
}

/** Up to the first line's end; `undefined` when there is more than any passphrase has. */
function readAll(descriptor: number): string | undefined {
  const bytes = Buffer.alloc(bytesMax + 1)
  let length = 0
  for (;;) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, null)
    length += read
    if (read === 0) break
    if (length > bytesMax) return undefined
  }
  const text = bytes.toString('utf8', 0, length)
  bytes.fill(0)
  return text.split(/\r?\n/, 1)[0] ?? ''
}

/** Asks on a terminal, unseen; without a terminal nobody can be asked. */
export async function askSecret({ surroundings }: CommandContext, question: string): Promise<string | undefined> {
  return surroundings.askSecret === undefined ? undefined : surroundings.askSecret(question)
}

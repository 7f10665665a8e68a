import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseQuantDocument, type QuantDocument } from '../../quant/index.ts'
import type { CommandContext } from '../command.ts'
import type { Speech } from '../speech.ts'
import { badInput, refuse, type Refused } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

export type ReadQuantFile = { readonly ok: true; readonly document: QuantDocument } | Refused

/** A file of series and cases, found from where the caller stands. */
export function readQuantFile(file: string, { surroundings, speech }: Pick<CommandContext, 'surroundings' | 'speech'>): ReadQuantFile {
  // npm runs us in its own folder and names theirs.
  const path = resolve(surroundings.env['INIT_CWD'] ?? surroundings.workingFolder, file)
  const text = textOf(path)
  const given = shortened(file)
  if (!text.ok) {
    return refuse(badInput('cli.quant-unreadable', speech.say('cli.quant.unreadable', { file: given, detail: text.detail })))
  }
  const value = jsonOf(text.value)
  if (!value.ok) {
    return refuse(badInput('cli.quant-not-json', speech.say('cli.quant.not-json', { file: given, detail: value.detail })))
  }
  const parsed = parseQuantDocument(value.value)
  if (parsed.ok) return { ok: true, document: parsed.value }
  const { path: place, expected } = parsed.error
  const message = place === '' ? speech.say('cli.quant.not-cases', { file: given }) : misplaced(
    speech, given, place, speech.say(`cli.quant.expected.${expected}`),
  )
  return refuse(badInput('cli.quant-malformed', message))
}

const misplaced = (speech: Speech, file: string, place: string, expected: string): string =>
  speech.say('cli.quant.malformed', { file, place: shortened(place), expected })

type Attempt<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly detail: string }

function textOf(path: string): Attempt<string> {
  try {
    return { ok: true, value: readFileSync(path, 'utf8') }
  } catch (error) {
    // The system's code is short, the same everywhere, and can be looked up.
    return { ok: false, detail: error instanceof Error && 'code' in error ? String(error.code) : String(error) }
  }
}

function jsonOf(text: string): Attempt<unknown> {
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown }
  } catch (error) {
    return { ok: false, detail: shortened(error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)) }
  }
}

import { z } from 'zod'
import { settingsView } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { loadStore } from '../books/load-store.ts'
import { defineCommand, done, valueFlag, type CommandContext } from '../command.ts'
import { readDescriptor } from '../secret-input.ts'
import { badInput, refuse, type Refused } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

export const settingSet = defineCommand({
  name: 'setting set',
  summary: 'cli.setting-set.summary',
  argument: 'PATH',
  flags: {
    value: valueFlag({ placeholder: 'VALUE', description: 'cli.flag.value', expected: 'cli.expected.value', schema: z.string().max(2_048) }),
    'value-fd': valueFlag({
      placeholder: 'N', description: 'cli.flag.value-fd', expected: 'cli.expected.descriptor',
      schema: z.string().regex(/^\d{1,4}$/).transform(Number),
    }),
  },
  output: settingsView,
  exitCodes: [0, 2, 3],
  examples: ['ballast setting set backup.atUtc --value 04:30', 'ballast setting set alerts.sound --value false', 'ballast setting set alerts.webhook.url --value-fd 0'],
  async run(context, { argument, flags }) {
    const { speech } = context
    if (argument === undefined) {
      return refuse(badInput('cli.argument-missing', speech.say('cli.error.argument-missing', { command: 'setting set', argument: 'PATH' })))
    }
    if (flags.value === undefined && flags['value-fd'] === undefined) {
      return refuse(badInput('cli.flag-missing', speech.say('cli.error.flag-missing', { command: 'setting set', flag: 'value' })))
    }
    const given = flags['value-fd'] === undefined ? await fromArgument(context, argument, flags.value ?? '') : fromDescriptor(context, flags['value-fd'])
    if (!given.ok) return given
    const now = await askEngine(context, 'settings.read', {})
    if (!now.ok) return refuse(now.trouble)
    const known = now.value.values.find(({ path }) => path === argument)
    if (known === undefined) {
      return refuse(badInput('cli.unknown-setting', speech.say('cli.error.unknown-setting', { given: shortened(argument) })))
    }
    const changes = [{ path: argument, value: valueOf(given.value, known.preset) }]
    const answer = await askEngine(context, 'settings.change', { revision: now.value.revision, changes })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ values, file }, { speech }) => [speech.say('cli.setting.written', { file, count: values.length })],
})

type Given = { readonly ok: true; readonly value: string } | Refused

/** The process list shows arguments to everybody, and some addresses are as good as a key. */
async function fromArgument({ speech }: CommandContext, path: string, value: string): Promise<Given> {
  if (!holdsMoreThanAPlace(value)) return { ok: true, value }
  const { settingValues } = await loadStore()
  const isPrivate = settingValues.some((setting) => setting.path === path && setting.isPrivate === true)
  return isPrivate ? refuse(badInput('cli.value-private', speech.say('cli.error.value-private', { path }))) : { ok: true, value }
}

function fromDescriptor(context: CommandContext, descriptor: number): Given {
  const read = readDescriptor(context, descriptor)
  return read.ok ? { ok: true, value: read.secret ?? '' } : read
}

const thisComputer: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** More than which computer it leads to: a name, a password, a query, or a path of somebody else's. */
function holdsMoreThanAPlace(text: string): boolean {
  const address = URL.canParse(text) ? new URL(text) : undefined
  if (address === undefined) return false
  const place = thisComputer.has(address.hostname) ? `${address.origin}${address.pathname}` : `${address.origin}/`
  return address.href !== place
}

/** A text that looks like what the setting is becomes that; the settings themselves say what is wrong with the others. */
function valueOf(text: string, preset: string | number | boolean): string | number | boolean {
  if (typeof preset === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return typeof preset === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

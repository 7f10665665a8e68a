import { z } from 'zod'
import { settingsView } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done, valueFlag } from '../command.ts'
import { badInput, refuse } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

export const settingSet = defineCommand({
  name: 'setting set',
  summary: 'cli.setting-set.summary',
  argument: 'PATH',
  flags: {
    value: valueFlag({ placeholder: 'VALUE', description: 'cli.flag.value', expected: 'cli.expected.value', schema: z.string().max(2_048) }),
  },
  output: settingsView,
  exitCodes: [0, 2, 3],
  examples: ['ballast setting set backup.atUtc --value 04:30', 'ballast setting set alerts.sound --value false'],
  async run(context, { argument, flags }) {
    const { speech } = context
    if (argument === undefined) {
      return refuse(badInput('cli.argument-missing', speech.say('cli.error.argument-missing', { command: 'setting set', argument: 'PATH' })))
    }
    if (flags.value === undefined) {
      return refuse(badInput('cli.flag-missing', speech.say('cli.error.flag-missing', { command: 'setting set', flag: 'value' })))
    }
    const now = await askEngine(context, 'settings.read', {})
    if (!now.ok) return refuse(now.trouble)
    const known = now.value.values.find(({ path }) => path === argument)
    if (known === undefined) {
      return refuse(badInput('cli.unknown-setting', speech.say('cli.error.unknown-setting', { given: shortened(argument) })))
    }
    const changes = [{ path: argument, value: valueOf(flags.value, known.preset) }]
    const answer = await askEngine(context, 'settings.change', { revision: now.value.revision, changes })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ values, file }, { speech }) => [speech.say('cli.setting.written', { file, count: values.length })],
})

/** A text that looks like what the setting is becomes that; the settings themselves say what is wrong with the others. */
function valueOf(text: string, preset: string | number | boolean): string | number | boolean {
  if (typeof preset === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return typeof preset === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

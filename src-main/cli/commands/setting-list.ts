import { settingsView } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { alignRows } from '../terminal-style.ts'
import { refuse } from '../trouble.ts'

export const settingList = defineCommand({
  name: 'setting list',
  summary: 'cli.setting-list.summary',
  flags: {},
  output: settingsView,
  exitCodes: [0, 2, 3],
  examples: ['ballast setting list', 'ballast setting list --json'],
  async run(context) {
    const answer = await askEngine(context, 'settings.read', {})
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print({ values, problems }, { speech, style }) {
    const wrong = problems.map((problem) => style.bad(speech.say('cli.setting.problem', problem)))
    return [
      ...(wrong.length === 0 ? [] : [...wrong, speech.say('cli.setting.in-force'), '']),
      ...alignRows(values.map(({ path, value, meaning }) => [path, String(value), style.quiet(meaning)])),
    ]
  },
})

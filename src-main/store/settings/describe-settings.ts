import { stringify } from 'yaml'
import { settingGroups, type SettingGroup, type SettingValue } from './setting-values.ts'

/** The file as it is made the first time: every value is there, with what it is for. */
export function standardSettingsText(): string {
  const lines = [
    '# The settings of this profile. A change is in force a moment after the file is saved; as long as something in it is wrong,',
    '# the settings from before stay in force. A value that is left out is the standard one.',
    '',
    ...settingGroups.flatMap((group) => (group.isOptional ? optionalLines(group) : groupLines(group))),
  ]
  return `${lines.join('\n')}\n`
}

function groupLines({ path, description, values }: SettingGroup): readonly string[] {
  const depth = path === '' ? 0 : path.split('.').length
  const before = indent(Math.max(0, depth - 1))
  const heading = depth === 0 ? [] : [...(depth === 1 ? [''] : []), `${before}# ${description}`, `${before}${lastName(path)}:`]
  return [...heading, ...values.flatMap((value) => valueLines(value, indent(depth)))]
}

const optionalLines = ({ path, description, values }: SettingGroup): readonly string[] => {
  const before = indent(path.split('.').length - 1)
  return [`${before}# ${description}`, `${before}# ${lastName(path)}:`, ...values.flatMap((value) => optionalValueLines(value, before))]
}

const optionalValueLines = ({ path, description, example = '' }: SettingValue, before: string): readonly string[] => [
  `${before}#   ${lastName(path)}: ${example} # ${description}`,
]

const valueLines = ({ path, description, standard }: SettingValue, before: string): readonly string[] => [
  `${before}# ${description}`,
  `${before}${lastName(path)}: ${stringify(path === 'version' ? 1 : standard, { singleQuote: true }).trimEnd()}`,
]

const indent = (depth: number): string => '  '.repeat(depth)
const lastName = (path: string): string => path.split('.').at(-1) ?? path

/** The guide to the settings, in Markdown. */
export function describeSettings(): string {
  return `${[...introduction, ...settingGroups.flatMap(section)].join('\n')}\n`
}

const introduction: readonly string[] = [
  '# Settings',
  '',
  'Each profile has its own settings, in the file `settings.yaml` of its folder. It is made with every value in it when the profile is first used, and is',
  'yours to edit; what a program changes in it leaves your comments and your order as they are.',
  '',
  '- A change is in force a moment after the file is saved. Each is written into the journal, with the value before and after; of an address only where it',
  '  leads to, because it may hold a secret.',
  '- When something in the file is wrong, each fault is named with its line and column, and nothing of the file counts: the settings from before stay in',
  '  force, also after a restart. They are kept beside it, in `settings.last-good.yaml`.',
  '- A value that is left out is the standard one, so a file with nothing but `version: 1` has them all. A file without that line is not taken: it may be',
  '  one that was cut short.',
  '- When the file is gone it is not taken for one with the standard values either: the settings from before stay in force, and are written again at the',
  '  next start.',
  '- When the disk answers neither for the file nor for that copy at a start, it is waited for a few seconds. Then what the journal remembers of your changes is in',
  '  force, without any addresses; it is said so, nothing is written down as changed, and nothing old is removed until the file can be read.',
  '- A copy that could not be read at a start is not written over before it was: what you changed while Ballast was away is told then. Where there is no',
  '  file and the copy can never be read, the first change in the program makes a new file out of what is in force.',
  '- Secrets do not belong here: keys, passphrases and tokens are never in this file.',
]

function section({ path, description, isOptional, values }: SettingGroup): readonly string[] {
  const heading = path === '' ? ['', '## The whole file'] : ['', `## ${path}`, '', description]
  if (values.length === 0) return heading
  const rows = values.map((value) => {
    const cells = [`\`${lastName(value.path)}\``, standardOf(value, isOptional), escaped(value.expected), escaped(value.description)]
    return `| ${cells.join(' | ')} |`
  })
  return [...heading, '', '| Setting | Standard | Expected | What it is for |', '| --- | --- | --- | --- |', ...rows]
}

function standardOf({ standard, path }: SettingValue, isOptional: boolean): string {
  if (path === 'version' || isOptional) return ''
  return standard === '' ? 'nothing' : `\`${stringify(standard, { singleQuote: true }).trimEnd()}\``
}

const escaped = (text: string): string => text.replaceAll('|', '\\|')

import { describe, expect, it } from 'vitest'
import { commands } from '../../../src-main/cli/index.ts'
import { parseCommandLine, wantedForm, type CommandLine } from '../../../src-main/cli/parse-command-line.ts'
import { createSpeech } from '../../../src-main/cli/speech.ts'

const speech = createSpeech('en')

function lineOf(...argv: string[]): CommandLine {
  const parsed = parseCommandLine(argv, commands, speech)
  if (!parsed.ok) throw new Error(parsed.trouble.message)
  return parsed.line
}

function troubleOf(...argv: string[]): { readonly code: string; readonly message: string } {
  const parsed = parseCommandLine(argv, commands, speech)
  if (parsed.ok) throw new Error(`taken: ${argv.join(' ')}`)
  expect(parsed.trouble).toMatchObject({ exitCode: 2, kind: 'malformed' })
  // One sentence.
  expect(parsed.trouble.message).toMatch(/^[^\n]+[.?]$/)
  return parsed.trouble
}

describe('the command line', () => {
  it('takes flags before and behind the command', () => {
    const before = lineOf('--home', '/a', '--profile=paper', 'status', '--timeout', '250')
    expect(before.command?.name).toBe('status')
    expect(before.globals).toMatchObject({ home: '/a', profile: 'paper', timeout: 250, json: false })
    expect(lineOf('status', '--json').globals.json).toBe(true)
  })

  it('does not take the value of another command’s flag for the command', () => {
    expect(lineOf('--reason', 'status', 'halt')).toMatchObject({ command: { name: 'halt' }, flags: { reason: 'status' } })
  })

  it('makes of each flag what its schema says', () => {
    expect(lineOf('serve', '--port', '0', '--access', 'read', '--open').flags).toMatchObject({ port: 0, access: 'read', open: true })
    expect(lineOf('resume', '--to', 'reducing', '--reason', ' tired ').flags).toMatchObject({ to: 'reducing', reason: 'tired' })
  })

  it('takes one word behind a command that wants one', () => {
    expect(lineOf('schema', 'doctor').argument).toBe('doctor')
    expect(lineOf('schema', '--', 'doctor').argument).toBe('doctor')
    expect(troubleOf('schema', 'doctor', 'status', 'now').code).toBe('cli.surplus-argument')
    expect(troubleOf('status', 'now').message).toBe('"now" is one word too many for status.')
  })

  it('is without a command when only global flags are given', () => {
    expect(lineOf().command).toBeUndefined()
    expect(lineOf('-h')).toMatchObject({ command: undefined, globals: { help: true } })
  })

  it('lets the later of two equal flags win', () => {
    expect(lineOf('serve', '--port', '1', '--port', '2').flags).toMatchObject({ port: 2 })
  })

  it.each([
    [['nonsense'], 'cli.unknown-command', 'There is no command "nonsense"; `ballast help` lists them.'],
    [['stauts'], 'cli.unknown-command', 'There is no command "stauts"; did you mean "status"?'],
    [['status', '--bogus'], 'cli.unknown-flag', 'There is no flag --bogus here; add --help to see those there are.'],
    [['halt', '--raeson', 'x'], 'cli.unknown-flag', 'There is no flag --raeson here; did you mean --reason?'],
    [['status', '--port', '1'], 'cli.unknown-flag', 'There is no flag --port here; add --help to see those there are.'],
    [['status', '-x'], 'cli.unknown-flag', 'There is no flag -x here; add --help to see those there are.'],
    [['status', '--constructor'], 'cli.unknown-flag', 'There is no flag --constructor here; add --help to see those there are.'],
    [['status', '--home'], 'cli.flag-needs-value', 'The flag --home needs a value: a folder.'],
    [['status', '--home', '--json'], 'cli.flag-needs-value', 'The flag --home needs a value: a folder.'],
    [['status', '--home='], 'cli.flag-value', 'The flag --home takes a folder, not "".'],
    [['status', '--json=yes'], 'cli.flag-takes-no-value', 'The flag --json takes no value.'],
    [['serve', '--port', '65536'], 'cli.flag-value', 'The flag --port takes a port from 0 to 65535, not "65536".'],
    [['serve', '--port', '-1'], 'cli.flag-value', 'The flag --port takes a port from 0 to 65535, not "-1".'],
    [['serve', '--port', '1e3'], 'cli.flag-value', 'The flag --port takes a port from 0 to 65535, not "1e3".'],
    [['serve', '--access', 'root'], 'cli.flag-value', 'The flag --access takes read, trade or admin, not "root".'],
    [['resume', '--to', 'killed'], 'cli.flag-value', 'The flag --to takes active or reducing, not "killed".'],
    [['halt', '--reason', '  '], 'cli.flag-value', 'The flag --reason takes a text of 1 to 200 characters, not "  ".'],
    [['status', '--timeout', '0'], 'cli.flag-value', 'The flag --timeout takes a whole number of milliseconds from 1 to 86400000, not "0".'],
    [['status', '--lang', 'de'], 'cli.flag-value', 'The flag --lang takes en or fr, not "de".'],
  ])('refuses %j with one sentence', (argv, code, message) => {
    expect(troubleOf(...argv)).toMatchObject({ code, message })
  })

  it('quotes no more of the input than a person reads', () => {
    expect(troubleOf('x'.repeat(5_000)).message.length).toBeLessThan(150)
    expect(troubleOf('halt', '--reason', 'x'.repeat(201)).message.length).toBeLessThan(150)
    expect(troubleOf('halt', `--${'x'.repeat(5_000)}`).message.length).toBeLessThan(150)
  })

  it('knows the wanted form even where the line is wrong', () => {
    expect(wantedForm(['nonsense', '--json', '--lang', 'fr'], commands)).toEqual({ isJson: true, lang: 'fr' })
    expect(wantedForm(['halt', '--reason', '--json'], commands).isJson).toBe(true)
    expect(wantedForm(['schema', '--', '--json'], commands)).toEqual({ isJson: false, lang: undefined })
  })
})

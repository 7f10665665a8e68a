import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cliReference, commands, createSpeech } from '../../../src-main/cli/index.ts'
import { exitCodes } from '../../../src-main/cli/trouble.ts'
import { parseCommandLine } from '../../../src-main/cli/parse-command-line.ts'

describe('the command table', () => {
  it('has each name once', () => {
    const names = commands.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(commands.map((command) => [command.name, command] as const))('gives %s a schema, known exit codes and examples that can be typed', (_name, command) => {
    expect(z.toJSONSchema(command.output)).toHaveProperty('$schema')
    expect(exitCodes).toEqual(expect.arrayContaining([...command.exitCodes]))
    expect(command.exitCodes).toContain(2)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const example of command.examples) {
      const argv = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1)
      expect(parseCommandLine(argv, commands, createSpeech('en')), example).toMatchObject({ ok: true })
    }
  })

  it.each(['en', 'fr'] as const)('is plain data for the reference, all of it said in %s', (locale) => {
    const reference = cliReference(commands, createSpeech(locale))
    expect(JSON.parse(JSON.stringify(reference))).toEqual(reference)
    expect(reference.commands.map(({ name }) => name)).toEqual(commands.map(({ name }) => name))
    expect(JSON.stringify(reference)).not.toMatch(/"cli\.|\{\w+\}/)
    expect(reference.exitCodes.map(({ exitCode }) => exitCode)).toEqual([...exitCodes])
    expect(reference.globalFlags).toContainEqual({ flag: '--home DIR', description: expect.stringContaining('BALLAST_HOME') })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../src-main/cli/index.ts'
import { parseCommandLine, wantedForm } from '../../../src-main/cli/parse-command-line.ts'
import { createSpeech } from '../../../src-main/cli/speech.ts'

const word = fc.oneof(
  fc.string(),
  fc.constantFrom(...commands.map(({ name }) => name)),
  fc.constantFrom('--json', '--home', '--port', '--reason=', '--', '-', '-h', '--__proto__', '--=x', '-xyz', '--port=1', '--lang=fr'),
  fc.string().map((text) => `--${text}`),
)

describe('any command line', () => {
  it('is a command of the table or one sentence, never a throw', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.constantFrom('en', 'fr'), (argv, locale) => {
        wantedForm(argv, commands)
        const parsed = parseCommandLine(argv, commands, createSpeech(locale))
        if (parsed.ok) expect([undefined, ...commands]).toContain(parsed.line.command)
        else {
          expect(parsed.trouble.exitCode).toBe(2)
          expect(parsed.trouble.message.trim().length).toBeGreaterThan(0)
          expect(parsed.trouble.message.length).toBeLessThan(300)
        }
      }),
    )
  })

  it('that holds a flag of no command is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands.map(({ name }) => name)), fc.stringMatching(/^zz[a-z]{1,10}$/), (name, flag) => {
        expect(parseCommandLine([name, `--${flag}`], commands, createSpeech('en'))).toMatchObject({ ok: false, trouble: { code: 'cli.unknown-flag' } })
      }),
    )
  })
})

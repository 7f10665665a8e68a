import { z } from 'zod'
import { defineCommand, done } from '../command.ts'
import { policyError, sayProblem } from '../risk/policy-words.ts'
import { readPolicyFile } from '../risk/read-policy-file.ts'
import { badInput, refuse } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

export const riskCheck = defineCommand({
  name: 'risk check',
  summary: 'cli.risk-check.summary',
  argument: 'FILE',
  flags: {},
  output: z.strictObject({ ok: z.boolean(), errors: z.array(policyError) }),
  exitCodes: [0, 1, 2],
  examples: ['ballast risk check risk_policy.yaml', 'ballast risk check risk_policy.yaml --json'],
  run(context, { argument }) {
    const { speech } = context
    if (argument === undefined) return Promise.resolve(refuse(badInput('cli.risk-file-needed', speech.say('cli.risk-check.file-needed'))))
    const file = shortened(argument)
    const read = readPolicyFile(argument, context)
    if (!read.ok) return Promise.resolve(refuse(badInput('cli.risk-unreadable', speech.say('cli.risk-check.unreadable', { file, detail: read.error }))))
    if (read.value.ok) return Promise.resolve(done({ ok: true, errors: [] }))
    const errors = read.value.problems.map((problem) => sayProblem(speech, problem))
    return Promise.resolve({ ...done({ ok: false, errors }), exitCode: 1 as const })
  },
  print: ({ errors }, { speech, style }) => {
    if (errors.length === 0) return [speech.say('cli.risk-check.well')]
    return errors.map(({ line, column, reason }) => style.bad(line === 0 ? reason : speech.say('cli.risk-check.problem', { line, column, reason })))
  },
})

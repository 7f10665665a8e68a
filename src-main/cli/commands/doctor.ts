import { z } from 'zod'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done, type CommandContext } from '../command.ts'
import { checkNames, checkStates, examine, type CheckName, type CheckState, type EngineSign, type Patient } from '../doctor/check.ts'
import { checks } from '../doctor/checks.ts'
import type { TerminalStyle } from '../terminal-style.ts'

const output = z.strictObject({
  /** False as soon as one check fails; a warning is no failure. */
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      name: z.enum(checkNames),
      state: z.enum(checkStates),
      detail: z.string().min(1),
      /** What to do about it; null when there is nothing to do. */
      fix: z.string().min(1).nullable(),
    }),
  ),
})

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'cli.doctor.summary',
  flags: {},
  output,
  exitCodes: [0, 1, 2],
  examples: ['ballast doctor', 'ballast doctor --json'],
  async run(context) {
    const { surroundings, profile, program, timeoutMs, speech } = context
    const { env, platform } = surroundings
    const patient: Patient = { env, platform, profile, program, engine: lookForEngine(context) }
    const findings = await Promise.all(
      checks.map(async (check) => {
        // Half a second on top: a check that waits for the engine has its own answer when that is late.
        const { state, detail, fix } = await examine(check, patient, timeoutMs + 500)
        const advice = fix === undefined ? null : speech.sayPhrase(fix)
        return { name: check.name, state, detail: speech.sayPhrase(detail), fix: advice }
      }),
    )
    const ok = findings.every(({ state }) => state !== 'fail')
    return { ...done({ ok, checks: findings }), exitCode: ok ? 0 : 1 }
  },
  print({ ok, checks: findings }, { speech, style }) {
    const labelOf = (name: CheckName): string => speech.say(`cli.doctor.label.${name}`)
    const width = Math.max(...findings.map(({ name }) => labelOf(name).length))
    const lines = findings.flatMap(({ name, state, detail, fix }) => [
      `${painted(style, state, speech.say(`cli.doctor.state.${state}`))}  ${labelOf(name).padEnd(width)}  ${detail}`,
      ...(fix === null ? [] : [style.quiet(`${' '.repeat(stateWidth + width + 4)}${fix}`)]),
    ])
    const warnings = findings.filter(({ state }) => state === 'warn').length
    const verdict = !ok ? 'cli.doctor.verdict.fail' : warnings > 0 ? 'cli.doctor.verdict.warn' : 'cli.doctor.verdict.ok'
    return [...lines, '', style.strong(speech.say(verdict))]
  },
})

const stateWidth = 5

function painted(style: TerminalStyle, state: CheckState, word: string): string {
  const padded = word.padEnd(stateWidth)
  if (state === 'ok') return style.good(padded)
  return state === 'warn' ? style.warning(padded) : style.bad(padded)
}

async function lookForEngine(context: CommandContext): Promise<EngineSign> {
  const answer = await askEngine(context, 'engine.status', {})
  if (answer.ok) {
    const { processId, version } = answer.value
    return { kind: 'answers', port: answer.address.port, processId, version }
  }
  return answer.reason === 'no-engine' ? { kind: 'none' } : { kind: 'silent', sentence: answer.trouble.message }
}

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { defineCommand, done, valueFlag, type CommandContext } from '../command.ts'
import { readSample, sampleLeast, type SampleTrouble } from '../sim/read-sample.ts'
import { lawsOf, sampleLawNames, sampleSubjects } from '../sim/sample-subjects.ts'
import { badInput, refuse, type Refused } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

const lawName = z.enum(sampleLawNames)
const subjectName = z.enum(sampleSubjects)
const parameters = z.record(z.string(), z.number())
const gap = z.strictObject({ d: z.number().min(0).max(1), p: z.number().min(0).max(1) })

export const simCalibrate = defineCommand({
  name: 'sim calibrate',
  summary: 'cli.sim-calibrate.summary',
  argument: 'FILE',
  flags: {
    of: valueFlag({ placeholder: 'WHAT', description: 'cli.flag.of', expected: 'cli.expected.of', schema: z.string().pipe(subjectName) }),
    law: valueFlag({ placeholder: 'LAW', description: 'cli.flag.law', expected: 'cli.expected.law', schema: z.string().pipe(lawName) }),
  },
  output: z.strictObject({
    law: lawName, params: parameters, ks: gap,
    of: subjectName, values: z.int().min(1), fits: z.boolean(),
    tried: z.array(z.strictObject({ law: lawName, params: parameters.nullable(), ks: gap.nullable() })),
  }),
  exitCodes: [0, 1, 2],
  examples: ['ballast sim calibrate trades.csv --json', 'ballast sim calibrate trades.csv --of sizes', 'ballast sim calibrate delays.csv --of latency --law lognormal'],
  async run(context, { argument, flags: { of: asked, law } }) {
    const { speech } = context
    if (argument === undefined) return refuse(badInput('cli.sim-file-needed', speech.say('cli.sim-calibrate.file-needed')))
    const file = shortened(argument)
    const text = textOf(argument, context)
    if (!text.ok) return refuse(badInput('cli.sim-unreadable', speech.say('cli.sim-calibrate.unreadable', { file, detail: text.detail })))
    const sample = readSample(text.value, asked)
    if (!sample.ok) return noSample(context, file, sample.error)
    // The library is large, and every other command is quicker without it.
    const { bestLaw, fitLaw, pLeast } = await import('../sim/sample-laws.ts')
    const { of, values } = sample.value
    const tried = (law === undefined ? lawsOf[of] : [law]).map((name) => ({ name, fit: fitLaw(name, values) }))
    const best = bestLaw(tried.flatMap(({ fit }) => (fit.ok ? [fit.value] : [])))
    if (best === undefined) {
      const why = tried.flatMap(({ name, fit }) => (fit.ok ? [] : [`${name}: ${fit.error}`])).join(' ')
      return refuse(badInput('cli.sim-no-law', speech.say('cli.sim-calibrate.no-law', { file, why })))
    }
    const fits = best.ks.p >= pLeast
    return {
      ...done({
        law: best.law, params: { ...best.params }, ks: best.ks, of, values: values.length, fits,
        tried: tried.map(({ name, fit }) => (fit.ok ? { law: name, params: { ...fit.value.params }, ks: fit.value.ks } : { law: name, params: null, ks: null })),
      }),
      exitCode: fits ? 0 : 1,
    }
  },
  print: ({ law, params, ks, values, fits, tried }, { speech }) => [
    ...tried.map((each) => (each.ks === null
      ? speech.say('cli.sim-calibrate.impossible', { law: each.law })
      : speech.say('cli.sim-calibrate.tried', { law: each.law, d: digits(each.ks.d), p: digits(each.ks.p) }))),
    fits
      ? speech.say('cli.sim-calibrate.fits', { law, values, params: Object.entries(params).map(([name, value]) => `${name} ${digits(value)}`).join(', ') })
      : speech.say('cli.sim-calibrate.none-fits', { law, p: digits(ks.p), values }),
  ],
})

const digits = (value: number): string => String(Number(value.toPrecision(5)))

function textOf(file: string, { surroundings }: CommandContext): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly detail: string } {
  // npm runs us in its own folder and names theirs.
  const path = resolve(surroundings.env['INIT_CWD'] ?? surroundings.workingFolder, file)
  try {
    return { ok: true, value: readFileSync(path, 'utf8') }
  } catch (error) {
    // The system's code is short, the same everywhere, and can be looked up.
    return { ok: false, detail: error instanceof Error && 'code' in error ? String(error.code) : String(error) }
  }
}

function noSample({ speech }: CommandContext, file: string, trouble: SampleTrouble): Refused {
  switch (trouble.kind) {
    case 'no-column': return refuse(badInput('cli.sim-no-column', speech.say('cli.sim-calibrate.no-column', { file, column: trouble.column })))
    case 'time-back': return refuse(badInput('cli.sim-time-back', speech.say('cli.sim-calibrate.time-back', { file, line: trouble.line })))
    case 'too-few': return refuse(badInput('cli.sim-too-few', speech.say('cli.sim-calibrate.too-few', { file, count: trouble.count, least: sampleLeast })))
    default: return refuse(badInput('cli.sim-not-a-number', speech.say('cli.sim-calibrate.not-a-number', { file, line: trouble.line, text: shortened(trouble.text) })))
  }
}

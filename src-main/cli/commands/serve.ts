import { z } from 'zod'
import { accessLevels, type Access } from '../../../src-preload/contract/index.ts'
import { defineCommand, done, switchFlag, valueFlag, type CommandContext, type Done } from '../command.ts'
import { holdEngine, type Hold } from '../hold-engine.ts'
import { openBrowser } from '../open-browser.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'
import { notPossible, refuse } from '../trouble.ts'
import { portFlag } from './engine-flags.ts'

const output = z.strictObject({
  /** Holds the token in its fragment: whoever has it may use Ballast. */
  url: z.string(),
  profile: z.string(),
  port: z.int(),
  access: z.enum(accessLevels),
  processId: z.int(),
  wasRunning: z.boolean(),
  /** Null when another process serves the page. */
  isPageBuilt: z.boolean().nullable(),
})
type Served = z.output<typeof output>

export const serve = defineCommand({
  name: 'serve',
  summary: 'cli.serve.summary',
  flags: {
    port: portFlag,
    access: valueFlag({
      placeholder: accessLevels.join('|'),
      description: 'cli.flag.access',
      expected: 'cli.expected.access',
      schema: z.enum(accessLevels),
    }),
    open: switchFlag('cli.flag.open'),
    ...secretFlags,
  },
  output,
  exitCodes: [0, 2, 3, 130],
  examples: ['ballast serve', 'ballast serve --open', 'ballast serve --access read --port 8123'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const hold = await holdEngine(context, { port: flags.port, secret: given.secret, mayServeClosed: true })
    if (hold.kind === 'trouble') return refuse(hold.trouble)
    const access = flags.access ?? 'admin'
    if (hold.kind === 'elsewhere' && access !== 'admin') {
      const message = context.speech.say('cli.error.admin-only', { profile: context.profile.name, access })
      return refuse(notPossible('cli.admin-only', message))
    }
    const served = hold.kind === 'held' ? servedHere(context, hold, access) : servedElsewhere(context, hold)
    if (served.value.isPageBuilt === false) context.note(context.speech.say('cli.note.page-not-built'))
    if (flags.open) openBrowser(served.value.url, context.profile.folder, context.surroundings.env, context.surroundings.platform)
    return served
  },
  print({ url, profile, wasRunning }, { speech, style }) {
    const next = wasRunning ? speech.say('cli.serve.was-running', { profile }) : speech.say('cli.serve.ready', { profile })
    return [speech.say('cli.serve.url', { url }), style.quiet(next)]
  },
})

type HeldHere = Extract<Hold, { kind: 'held' }>
type HeldElsewhere = Extract<Hold, { kind: 'elsewhere' }>

function servedHere({ profile }: CommandContext, { engine, isPageBuilt, stay }: HeldHere, access: Access): Done<Served> {
  const { port } = engine.host
  const url = engine.urlFor(access)
  const value = { url, profile: profile.name, port, access, processId: process.pid, wasRunning: false, isPageBuilt }
  return { ...done(value), stay }
}

function servedElsewhere(context: CommandContext, { port, token, processId }: HeldElsewhere): Done<Served> {
  const url = `http://localhost:${port}/#t=${token}`
  return done({ url, profile: context.profile.name, port, access: 'admin', processId, wasRunning: true, isPageBuilt: null })
}

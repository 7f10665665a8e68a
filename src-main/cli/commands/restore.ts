import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { RestoreTrouble } from '../../store/index.ts'
import { findProfile } from '../../supervisor/index.ts'
import { callerPath } from '../books/caller-path.ts'
import { loadStore } from '../books/load-store.ts'
import { defineCommand, done, valueFlag, type CommandContext } from '../command.ts'
import { askSecret, givenSecret, secretFlags } from '../secret-input.ts'
import { badInput, notPossible, refuse, type Trouble } from '../trouble.ts'

const path = (description: 'cli.flag.restore-from' | 'cli.flag.restore-into', placeholder: string) =>
  valueFlag({ placeholder, description, expected: 'cli.expected.file', schema: z.string().min(1) })

/** Books that are kept; the demo's are not. */
const profilePreset = 'paper'

export const restore = defineCommand({
  name: 'restore',
  summary: 'cli.restore.summary',
  flags: { from: path('cli.flag.restore-from', 'FILE'), into: path('cli.flag.restore-into', 'DIR'), ...secretFlags },
  output: z.strictObject({
    home: z.string(),
    profile: z.string(),
    folder: z.string(),
    records: z.int().min(0),
    head: z.strictObject({ seq: z.int().min(0), mac: z.string() }),
    backupAt: z.int().min(0),
    protection: z.enum(['keychain', 'passphrase', 'ephemeral']),
    mode: z.literal('halted'),
  }),
  exitCodes: [0, 2, 3],
  examples: ['ballast restore --from ballast.backup --into ./restored', 'ballast restore --from ballast.backup --into ./restored --passphrase-fd 3 --json'],
  async run(context, { flags }) {
    const { speech } = context
    const missing = flags.from === undefined ? 'from' : flags.into === undefined ? 'into' : undefined
    if (flags.from === undefined || flags.into === undefined) {
      return refuse(badInput('cli.flag-missing', speech.say('cli.error.flag-missing', { command: 'restore', flag: missing ?? '' })))
    }
    const from = callerPath(context, flags.from)
    const home = callerPath(context, flags.into)
    const profile = findProfile(home, context.profile.kind === 'demo' ? profilePreset : context.profile.name)
    if (profile === undefined) throw new Error('expected the profile to be known')
    if (!existsSync(from)) return refuse(badInput('cli.file-missing', speech.say('cli.error.file-missing', { file: from })))
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const text = given.secret ?? (await askSecret(context, speech.say('cli.ask.secret')))
    if (text === undefined) return refuse(badInput('cli.secret-needed', speech.say('cli.error.secret-needed')))
    const { createOsKeychain, restoreBackup, Secret } = await loadStore()
    const secret = Secret.fromText(text)
    try {
      await mkdir(dirname(profile.folder), { recursive: true, mode: 0o700 })
      const restoring = await restoreBackup({ from, into: profile.folder, secret, keychain: createOsKeychain(), now: Date.now() })
      if (!restoring.ok) return refuse(troubleOf(context, restoring.trouble, { from, folder: profile.folder, profile: profile.name }))
      const { records, head, backupAt, protection } = restoring.restored
      const value = { home, profile: profile.name, folder: profile.folder, records, head: { seq: head.sequence, mac: head.mac }, backupAt, protection }
      return done({ ...value, mode: 'halted' as const })
    } finally {
      secret.dispose()
    }
  },
  print: ({ records, profile, folder, home }, { speech }) => [
    speech.say('cli.restore.done', { records, profile, folder }),
    speech.say('cli.restore.next', { home, profile }),
  ],
})

interface Target {
  readonly from: string
  readonly folder: string
  readonly profile: string
}

function troubleOf({ speech }: CommandContext, trouble: RestoreTrouble, { from, folder, profile }: Target): Trouble {
  switch (trouble.kind) {
    case 'secret-wrong':
      return notPossible('books.secret-wrong', speech.sayTrouble('secret-wrong', {}))
    case 'target-not-empty':
      return badInput('cli.restore-into-used', speech.say('cli.error.restore-into-used', { folder, profile }))
    case 'backup-damaged':
    case 'journal-damaged':
      return badInput('cli.backup-unusable', speech.say('cli.error.backup-unusable', { file: from, detail: trouble.reason }))
    case 'backup-unreadable':
      return badInput('cli.backup-unusable', speech.say('cli.error.backup-unusable', { file: from, detail: trouble.detail }))
    case 'disk-full':
      return notPossible('cli.restore-failed', speech.sayTrouble('disk-full', {}), 'fault')
    default: {
      const detail = 'detail' in trouble ? `${trouble.kind}, ${trouble.detail}` : trouble.kind
      return notPossible('cli.restore-failed', speech.say('cli.error.restore-failed', { detail }), 'fault')
    }
  }
}

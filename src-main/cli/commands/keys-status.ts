import { z } from 'zod'
import { openOffline } from '../books/open-offline.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { printTime } from '../engine-words.ts'
import { givenSecret, secretFlags } from '../secret-input.ts'
import { alignRows } from '../terminal-style.ts'
import { refuse } from '../trouble.ts'

const ways = ['keychain', 'passphrase', 'recovery'] as const

export const keysStatus = defineCommand({
  name: 'keys status',
  summary: 'cli.keys-status.summary',
  flags: secretFlags,
  output: z.strictObject({
    protection: z.enum(['keychain', 'passphrase', 'ephemeral']),
    ways: z.array(z.enum(ways)),
    /** Null when an engine answered, which does not count them. */
    epochs: z.int().min(1).nullable(),
    keyCreatedAt: z.int().nullable(),
  }),
  exitCodes: [0, 2, 3],
  examples: ['ballast keys status --profile paper'],
  async run(context, { flags }) {
    const given = givenSecret(context, flags)
    if (!given.ok) return given
    const answer = await askEngine(context, 'books.status', {})
    if (answer.ok && answer.value.protection !== null) {
      const { protection, hasPassphrase, hasRecoveryCode, keyCreatedAt } = answer.value
      const present = { keychain: protection === 'keychain', passphrase: hasPassphrase, recovery: hasRecoveryCode }
      return done({ protection, ways: ways.filter((way) => present[way]), epochs: null, keyCreatedAt })
    }
    if (!answer.ok && answer.reason !== 'no-engine') return refuse(answer.trouble)
    const offline = await openOffline(context, given.secret, true)
    if (!offline.ok) return offline
    const { protection, slots, epochs } = offline.vault
    offline.vault.dispose()
    return done({ protection, ways: ways.filter((way) => slots.includes(way)), epochs, keyCreatedAt: null })
  },
  print(value, { speech, style }) {
    const { protection, epochs, keyCreatedAt } = value
    const rows = [
      [speech.say('cli.keys.protection'), speech.sayPhrase({ key: `cli.keys.way.${protection}` })],
      [speech.say('cli.keys.ways'), value.ways.map((way) => speech.sayPhrase({ key: `cli.keys.way.${way}` })).join(', ')],
      ...(epochs === null ? [] : [[speech.say('cli.keys.epochs'), String(epochs)]]),
      ...(keyCreatedAt === null ? [] : [[speech.say('cli.keys.age'), printTime(speech.locale, keyCreatedAt)]]),
    ]
    const warns = protection !== 'ephemeral' && !value.ways.includes('recovery')
    return [...alignRows(rows), ...(warns ? ['', style.warning(speech.say('cli.keys.no-recovery'))] : [])]
  },
})

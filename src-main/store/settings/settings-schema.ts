import { z } from 'zod'

/** What a value is for, said to people: in the guide, in the file itself, and when a value is wrong. */
export interface ValueMeaning {
  readonly description: string
  /** Follows "expected" in a sentence. */
  readonly expected: string
  /** May hold a secret, as the address of a webhook does: never shown whole. */
  readonly isPrivate?: true
  /** One of a few words, or a time of day: may be said again when it is wrong. */
  readonly isWord?: true
  /** For a value that has no standard one. */
  readonly example?: string
}

const flag = (standard: boolean, description: string) =>
  z.boolean().default(standard).meta({ description, expected: 'true or false' })

const whole = (from: number, to: number, standard: number, description: string) =>
  z.int().min(from).max(to).default(standard)
    .meta({ description, expected: `a whole number from ${grouped(from)} to ${grouped(to)}` })

const choice = <const Values extends readonly [string, ...string[]]>(
  values: Values, standard: Values[number], description: string,
) =>
  z.enum(values).default(standard as never).meta({ description, expected: `one of ${values.join(', ')}`, isWord: true })

const timeOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const timeMeaning = (description: string, example?: string) => ({
  description, expected: 'a time of day in UTC such as 03:00', isWord: true, ...(example === undefined ? {} : { example }),
})

const address = (description: string) =>
  z.string().max(2_000).refine((text) => text === '' || isAllowedAddress(text)).default('')
    .meta({
      description,
      expected: 'an address that begins with https://, or with http:// on this computer, or nothing',
      isPrivate: true,
    })

const folder = (standard: string, description: string) =>
  z.string().max(1_000).regex(/^[^\p{Cc}]+$/u).default(standard).meta({ description, expected: 'the path of a folder' })

/** A group may be left out: then all of its values are the standard ones. */
const group = <Shape extends z.ZodRawShape>(description: string, shape: Shape) =>
  // Each value has a standard, so an empty group is always a whole one; the compiler cannot see that for every shape.
  z.strictObject(shape).prefault({} as never).meta({ description })

/** The form of `settings.yaml`. The order here is the order in the file and in the guide. */
export const settingsSchema = z.strictObject({
  version: z.literal(1).meta({ description: 'The form of this file.', expected: '1' }),
  backup: group('Copies of the books that are made by themselves.', {
    enabled: flag(true, 'Whether a backup is made each day.'),
    atUtc: timeOfDay().default('03:00').meta(timeMeaning('When, in UTC.')),
    folder: folder('backups', 'Where to: a whole path, or one that begins in the folder of the profile. Another disk is better.'),
    keep: group('How many are kept: the newest of each day, week and month.', {
      days: whole(1, 366, 7, 'Of how many days.'),
      weeks: whole(0, 520, 4, 'Of how many weeks.'),
      months: whole(0, 240, 12, 'Of how many months.'),
    }),
  }),
  alerts: group('How alerts reach you.', {
    desktop: flag(true, 'Whether an alert is shown by the desktop.'),
    sound: flag(true, 'Whether an alert is heard.'),
    webhook: group('Alerts sent to a program of yours.', {
      url: address('Where each alert is posted to; nothing for nowhere.'),
    }),
    telegram: group('Alerts sent to Telegram. The token of the bot is a secret and is not kept in this file.', {
      chatId: z.string().regex(/^(-?\d{1,32}|@[A-Za-z]\w{3,63})?$/).default('')
        .meta({
          description: 'The chat that gets them; nothing for none.',
          expected: 'the number of a chat, the @name of a channel, or nothing',
        }),
    }),
    alive: group('A sign of life, so that a service of yours notices when Ballast is gone.', {
      url: address('Where the sign is sent to; nothing for nowhere.'),
      everyMinutes: whole(1, 1_440, 5, 'How often, in minutes.'),
    }),
    quietHours: z.strictObject({
      fromUtc: timeOfDay().meta(timeMeaning('When they begin, in UTC.', '22:00')),
      toUtc: timeOfDay().meta(timeMeaning('When they end, in UTC; before the beginning means the next day.', '06:00')),
    }).refine(({ fromUtc, toUtc }) => fromUtc !== toUtc)
      .optional()
      .meta({
        description: 'Hours in which only critical alerts are sent and heard. Left out: there are none.',
        expected: 'a beginning and another end',
      }),
  }),
  lock: group('The lock of the screen.', {
    afterMinutes: whole(0, 1_440, 15, 'After how many minutes without a hand it locks; 0 for never.'),
  }),
  log: group('The log: what the program did, in lines of JSON.', {
    level: choice(['trace', 'debug', 'info', 'warn', 'error'], 'info', 'From which weight on something is written.'),
    keepDays: whole(1, 3_650, 14, 'How many days are kept.'),
    maxMegabytes: whole(1, 10_240, 64, 'How large all files of the log may be together, in megabytes.'),
  }),
  metrics: group('Figures about the program for Prometheus.', {
    enabled: flag(true, 'Whether they are offered on this computer.'),
  }),
  traces: group('Where the time goes, for OpenTelemetry.', {
    enabled: flag(false, 'Whether traces are sent.'),
    endpoint: address('Where they are sent to.'),
  }),
  journal: group('The journal of everything that was decided.', {
    segmentMegabytes: whole(1, 1_024, 16, 'The size of one of its files, in megabytes.'),
    archiveAfterDays: whole(0, 36_500, 90, 'After how many days a full file is moved to the archive; 0 for never.'),
    sizeLimitMegabytes: whole(0, 1_048_576, 0, 'From which size on, in megabytes, the oldest files are moved to the archive; 0 for no limit.'),
    verifyDaily: flag(true, 'Whether all of it is read and verified after a start and then once a day, slowly.'),
  }),
  reminders: group('What you are reminded of.', {
    keyAgeDays: whole(0, 3_650, 90, 'To change the keys when they are so many days old; 0 for never.'),
    drillAgeDays: whole(0, 3_650, 90, 'To try out a backup when the last try is so many days ago; 0 for never.'),
  }),
})

export type Settings = z.output<typeof settingsSchema>

export const standardSettings: Settings = settingsSchema.parse({ version: 1 })

/** What goes to another computer goes encrypted. */
function isAllowedAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

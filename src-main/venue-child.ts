/** The venue's process: a utility process under Electron, a plain Node process without it. */
import { extname } from 'node:path'
import { VenueHost, venueParentLink } from './venue-host/index.ts'

/** The sources run as they are, `.ts`; the build leaves `.js` beside this file. */
const extension = extname(import.meta.filename)

// The terminal tells the whole group; the supervisor is the one who acts on it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const host = new VenueHost({
  link: venueParentLink(),
  clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
  journalThread: new URL(`./journal-thread${extension}`, import.meta.url),
  // Whoever starts it says how much it may take.
  heapMbMost: Number(process.argv[2] ?? Infinity),
  heapMb: () => process.memoryUsage().heapUsed / 2 ** 20,
  end: (exitCode, why) => {
    if (exitCode !== 0) console.error(`ballast venue: ${why}`)
    process.exit(exitCode)
  },
})

host.begin()

import fc from 'fast-check'

/** The full tier looks fifty times as hard. */
if (process.env['BALLAST_DEEP'] !== undefined) fc.configureGlobal({ numRuns: 5_000 })

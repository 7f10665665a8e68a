import { z } from 'zod'
import { accountsSetUpKind, commandTakenKind, equitySampledKind } from '../trading/trading-records.ts'
import { name, placing, type Placement } from './placement.ts'
import { placeSetUp } from './trading-placements.ts'

const commandTaken = z.object({
  command: name,
  commandId: name.optional(),
  /** An order to place, or the id of one. */
  order: z.unknown().optional(),
})
/** Of what was asked, so much can be searched for. */
const searchMax = 1_000
const minorUnits = z.int()
const equitySampled = z.object({
  asset: name,
  accounts: z.array(z.object({ account: name, equity: minorUnits, unrealised: minorUnits, external: minorUnits })),
})

/** What the accounts were worth, written down once a minute. */
export type EquitySampledBody = z.input<typeof equitySampled>

export const historyPlacements: Readonly<Record<string, Placement>> = {
  [accountsSetUpKind]: placeSetUp,
  [commandTakenKind]: placing(commandTaken, ({ trading }, { sequence, at, correlation, body }, { command, commandId, order }) => {
    // Halting and resuming name no command; they are in the trail.
    if (commandId === undefined) return
    const search = JSON.stringify(body).toLowerCase().slice(0, searchMax)
    trading.commands.add({ sequence, commandId, command, at, correlation: correlation ?? null, subject: typeof order === 'string' ? order : null, search })
  }),
  [equitySampledKind]: placing(equitySampled, ({ trading }, { sequence, at }, { asset, accounts }) => {
    for (const sample of accounts) trading.equity.add(sequence, at, { ...sample, asset })
  }),
}

import { assert } from '../base/index.ts'
import { ExposureBook } from '../risk/index.ts'
import { AccountBooks } from './accounting/index.ts'
import { contingencyViewOf } from './contingency-view.ts'
import { Contingencies } from './contingency/index.ts'
import type { Core } from './core.ts'
import type { EngineSetup } from './engine-setup.ts'
import { createState } from './engine-state.ts'
import { ModeMachine } from './mode-machine.ts'
import { Numbering } from './numbering.ts'
import type { EngineSnapshot } from './snapshot.ts'
import { createWatch } from './watch.ts'

const sendsRemembered = 65_536

export function buildCore(setup: EngineSetup, past: EngineSnapshot | undefined, settleAll: () => void): Core {
  const { tradables, accounts, reportingAsset: reporting } = setup
  const byId = new Map(tradables.map((tradable) => [tradable.instrument.id, tradable]))
  assert(byId.size === tradables.length, 'expected each instrument to be set up once')
  assert(/^[0-9a-f]{12}$/.test(setup.installation), 'expected an installation of 12 hexadecimal characters')
  const books = accounts.map(({ id, positions, lots }) => {
    const known = past?.accounts.find((account) => account.id === id)
    return { id, books: new AccountBooks({ account: id, positions, lots, tradables }, known?.books) }
  })
  const assetsOf = new Map(tradables.map(({ instrument }) => [instrument.id, [instrument.base, instrument.quote]]))
  const state = createState(books, assetsOf, setup.firstMode)
  const risk = new Map(accounts.map(({ id, positions }) => [id, new ExposureBook({ account: id, positions, tradables, reporting, sendsRemembered })]))
  return {
    setup,
    state,
    watch: createWatch(accounts.map(({ id }) => id)),
    numbering: new Numbering(past?.lastSequence ?? 0),
    modes: new ModeMachine(accounts.length > 0 ? 'killing' : 'killed'),
    risk,
    riskBooks: [...risk.values()],
    contingencies: new Contingencies(contingencyViewOf(state, byId)),
    tradables: byId,
    // Only of what something is quoted in: coins that are held are valued by their own prices.
    rateSources: tradables.filter(({ settlement, instrument, baseUnitsPerLot }) =>
      settlement === 'delivery' && instrument.quote === reporting && baseUnitsPerLot > 0 && tradables.some((other) => other.instrument.quote === instrument.base)),
    settleAll,
    at: 0,
    correlation: undefined,
    events: [],
    requests: [],
    ended: [],
  }
}

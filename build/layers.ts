/**
 * The one table of layers. The tsconfig of each layer, the lint fences and the import-graph test are made from it,
 * so that a rule can never hold in one fence and not in another.
 */
export type LayerSurroundings =
  /** Nothing but the language: no clock, no console, no timers, no promises that somebody else resolves. */
  | 'core'
  /** The language alone, but asynchronous code is allowed: timers and sockets are handed in. */
  | 'neutral'
  | 'node'
  | 'screen'

export interface Layer {
  readonly name: string
  /** Folders or single files, relative to the root of the repository. */
  readonly files: readonly string[]
  /** Other layers, by name. A layer may always import itself. */
  readonly mayImport: readonly string[]
  /** npm packages, by exact name; '*' for any but electron. */
  readonly packages: readonly string[]
  readonly surroundings: LayerSurroundings
  readonly mayImportElectron?: boolean
  /** Files of other layers that may be imported past their folder's face (index.ts). */
  readonly directly?: readonly string[]
  /** Type packages that the layer's tsconfig needs beyond its surroundings. */
  readonly types?: readonly string[]
}

export const layers: readonly Layer[] = [
  { name: 'base', files: ['src-main/base'], mayImport: [], packages: [], surroundings: 'core' },
  { name: 'domain', files: ['src-main/domain'], mayImport: ['base'], packages: [], surroundings: 'core' },
  { name: 'ports', files: ['src-main/ports'], mayImport: ['base', 'domain'], packages: [], surroundings: 'neutral' },
  // The demo market and the simulated exchange: functions of a seed and of time that is handed in.
  { name: 'venues-sim', files: ['src-main/venues/sim'], mayImport: ['base', 'domain', 'ports'], packages: [], surroundings: 'core' },
  { name: 'quant', files: ['src-main/quant'], mayImport: ['base', 'domain'], packages: [], surroundings: 'core' },
  { name: 'risk', files: ['src-main/risk'], mayImport: ['base', 'domain', 'quant'], packages: [], surroundings: 'core' },
  // What the trader allows, as a file that he edits says it. The parser of YAML is given text and gives text.
  { name: 'risk-policy', files: ['src-main/risk-policy'], mayImport: ['base', 'domain', 'risk'], packages: ['yaml'], surroundings: 'core' },
  { name: 'reconcile', files: ['src-main/reconcile'], mayImport: ['base', 'domain'], packages: [], surroundings: 'core' },
  // What an answer of a venue proves: parsing at the edge, deciding nothing about orders.
  { name: 'venues-outcome', files: ['src-main/venues/outcome'], mayImport: ['base', 'domain'], packages: [], surroundings: 'core' },
  // The line between an engine and the simulated exchange, with its weather; lives in time that is handed in.
  {
    name: 'venues-paper', files: ['src-main/venues/paper'], mayImport: ['base', 'domain', 'ports', 'venues-sim', 'venues-outcome'], packages: [], surroundings: 'neutral',
  },
  // What goes between an engine and a venue in a process of its own, and the engine's end of it.
  { name: 'venues-remote', files: ['src-main/venues/remote'], mayImport: ['base', 'domain', 'ports', 'venues-sim', 'venues-paper'], packages: [], surroundings: 'neutral' },
  { name: 'engine', files: ['src-main/engine'], mayImport: ['base', 'domain', 'risk', 'reconcile'], packages: [], surroundings: 'core' },
  // What a profile trades: the engine's setup and the exchange's accounts, made in one place.
  {
    name: 'trading-setup', files: ['src-main/trading-setup'], mayImport: ['base', 'domain', 'risk', 'engine', 'venues-sim'], packages: [], surroundings: 'core',
  },
  {
    name: 'runtime',
    files: ['src-main/runtime'],
    mayImport: ['base', 'domain', 'ports', 'engine'],
    packages: [],
    surroundings: 'node',
  },
  // Fixed strategies: what they see in, what they ask for out.
  { name: 'robots', files: ['src-main/robots'], mayImport: ['base', 'domain'], packages: [], surroundings: 'core' },
  // The real program on the house's exchange, in virtual time, with everything that can befall it.
  {
    name: 'rehearsal', files: ['src-main/rehearsal'],
    mayImport: ['base', 'domain', 'ports', 'engine', 'trading-setup', 'runtime', 'robots', 'venues-sim', 'venues-paper'], packages: [], surroundings: 'node',
  },
  { name: 'store', files: ['src-main/store'], mayImport: ['base', 'domain', 'ports', 'risk-policy'], packages: ['*'], surroundings: 'node' },
  { name: 'data', files: ['src-main/data'], mayImport: ['base', 'domain', 'ports'], packages: ['csv-stringify', 'hyparquet', 'hyparquet-writer'], surroundings: 'node' },
  { name: 'monitor', files: ['src-main/monitor'], mayImport: ['base', 'domain', 'ports', 'contract'], packages: ['*'], surroundings: 'node' },
  { name: 'contract', files: ['src-preload/contract'], mayImport: [], packages: ['zod'], surroundings: 'neutral' },
  {
    name: 'bridge',
    files: ['src-main/bridge'],
    mayImport: ['base', 'domain', 'contract', 'runtime'],
    packages: [],
    surroundings: 'node',
  },
  {
    name: 'bookkeeping',
    files: ['src-main/bookkeeping'],
    mayImport: ['base', 'domain', 'ports', 'contract', 'runtime', 'store', 'monitor', 'bridge', 'supervisor'],
    packages: [],
    surroundings: 'node',
  },
  // Orders, positions and money as a screen or the command line sees and changes them.
  {
    name: 'trading-desk',
    files: ['src-main/trading-desk'],
    mayImport: ['base', 'domain', 'ports', 'contract', 'engine', 'risk', 'runtime', 'store', 'bridge', 'bookkeeping'],
    packages: [],
    surroundings: 'node',
  },
  // Market data in the engine's process: books, candles, ages, and what of it goes to whom.
  {
    name: 'market',
    files: ['src-main/market'],
    mayImport: ['base', 'domain', 'ports', 'contract', 'bridge', 'data', 'venues-sim'],
    packages: [],
    surroundings: 'node',
  },
  // The venue's own process: the paper venue with its clock and its books.
  {
    name: 'venue-host', files: ['src-main/venue-host'], mayImport: ['base', 'domain', 'ports', 'store', 'venues-sim', 'venues-paper', 'venues-remote', 'supervisor'],
    packages: [], surroundings: 'node',
  },
  { name: 'page', files: ['src-main/page'], mayImport: [], packages: [], surroundings: 'node' },
  {
    name: 'browser-host',
    files: ['src-main/browser-host'],
    mayImport: ['base', 'bridge', 'contract', 'page'],
    packages: ['ws'],
    surroundings: 'node',
  },
  {
    name: 'supervisor',
    files: ['src-main/supervisor'],
    mayImport: ['base', 'bridge', 'contract'],
    packages: [],
    surroundings: 'node',
  },
  { name: 'updates', files: ['src-main/updates'], mayImport: [], packages: [], surroundings: 'node' },
  {
    name: 'cli',
    files: ['src-main/cli'],
    mayImport: [
      'base', 'domain', 'ports', 'contract', 'bridge', 'store', 'data', 'venues-sim', 'market', 'quant', 'risk-policy', 'monitor', 'bookkeeping',
      'supervisor', 'browser-host', 'page', 'rehearsal',
    ],
    packages: ['zod'],
    surroundings: 'node',
  },
  {
    name: 'shell',
    files: ['src-main/shell'],
    mayImport: ['base', 'bridge', 'contract', 'page', 'supervisor', 'updates'],
    packages: [],
    surroundings: 'node',
    mayImportElectron: true,
    types: ['electron'],
  },
  {
    name: 'entries',
    files: [
      'src-main/compose.ts', 'src-main/compose-trading.ts', 'src-main/journal-thread.ts', 'src-main/books-thread.ts', 'src-main/open-money-books.ts', 'src-main/keychain-child.ts', 'src-main/version.ts',
      'src-main/engine-child.ts', 'src-main/paper-at-hand.ts', 'src-main/paper-desk-at-hand.ts', 'src-main/trading-record.ts', 'src-main/venue-child.ts', 'src-main/venue-wire.ts', 'src-main/host-child.ts', 'src-main/headless.ts', 'src-main/ballast.ts', 'src-main/index.ts',
    ],
    mayImport: [
      'base', 'domain', 'ports', 'engine', 'trading-setup', 'runtime', 'store', 'quant', 'monitor', 'bookkeeping', 'venues-sim', 'venues-paper', 'venues-remote', 'venue-host', 'data', 'market',
      'trading-desk', 'contract', 'bridge', 'page', 'browser-host', 'supervisor', 'updates', 'cli', 'shell',
    ],
    packages: ['*'],
    surroundings: 'node',
  },
  {
    name: 'preload',
    files: ['src-preload/index.ts'],
    mayImport: ['contract'],
    // The face would bring zod into a file that must stay small.
    directly: ['src-preload/contract/preload-face.ts'],
    packages: [],
    surroundings: 'screen',
    mayImportElectron: true,
    types: ['electron'],
  },
  {
    name: 'renderer',
    files: ['src-renderer'],
    mayImport: ['contract'],
    packages: ['*'],
    surroundings: 'screen',
  },
]

/** Inside these, one folder of the layer must not reach into a sibling: the panels of the screen know nothing of each other. */
export const strangers: readonly string[] = ['src-renderer/panels']

/** What the command line says in English about the simulated exchange. */
export const cliSim = {
  'cli.sim-calibrate.summary': 'Fits laws of chance to recorded numbers, so that the simulated exchange can draw from them.',
  'cli.flag.of': 'what the numbers are: arrivals, sizes, latency, ratio, counts or any (of trades arrivals, of one column any, when it is not said)',
  'cli.flag.law': 'this law and no other',
  'cli.expected.of': 'arrivals, sizes, latency, ratio, counts or any',
  'cli.expected.law': 'exponential, gamma, lognormal, pareto, beta or poisson',
  'cli.sim-calibrate.file-needed': 'Name a file of trades or numbers: `ballast sim calibrate FILE`.',
  'cli.sim-calibrate.unreadable': 'The file {file} cannot be read ({detail}).',
  'cli.sim-calibrate.no-column': 'The file {file} has several columns, and none of them is called {column}.',
  'cli.sim-calibrate.not-a-number': 'Line {line} of the file {file} holds "{text}" where a number has to be.',
  'cli.sim-calibrate.time-back': 'On line {line} of the file {file} the time goes back.',
  'cli.sim-calibrate.too-few': 'The file {file} holds {count} values; a law needs {least} at least.',
  'cli.sim-calibrate.no-law': 'No law that was asked for can be of the numbers in {file}. {why}',
  'cli.sim-calibrate.tried': '{law}: largest gap {d}, p {p}',
  'cli.sim-calibrate.impossible': '{law}: cannot be of these numbers',
  'cli.sim-calibrate.fits': 'The {values} values are {law}: {params}.',
  'cli.sim-calibrate.none-fits': 'No law fits the {values} values: the nearest is {law}, and a sample of it lies this far off with p {p}, below 0.05.',
} as const

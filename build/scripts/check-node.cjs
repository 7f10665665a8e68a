/* Old syntax on purpose: this has to run on the very Node that is too old for the rest. */
var parts = process.versions.node.split('.').map(Number)
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 18)) {
  console.error('Ballast needs Node 22.18 or newer, and this is ' + process.versions.node + '. On Linux and Windows `npm ci` brings it along; on macOS install it first, from nodejs.org or with `brew install node`.')
  process.exit(1)
}

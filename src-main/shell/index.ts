export { startShell } from './start-shell.ts'
export type { FromHost, ToHost } from './host-keeper.ts'

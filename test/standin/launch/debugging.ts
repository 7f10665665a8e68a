/** BALLAST_STANDIN_DEBUG=1 shows what Chromium writes and which of our messages to it failed. */
export const isDebugging = process.env['BALLAST_STANDIN_DEBUG'] === '1'

export function debug(what: string, error: unknown): void {
  if (isDebugging) console.error(`[stand-in] ${what}: ${String(error)}`)
}

/** Whether the app is ready: the doubles that Electron refuses to a premature caller ask here. */
let ready = false

export function isReady(): boolean {
  return ready
}

export function becomeReady(): void {
  ready = true
}

export function ensureReady(what: string): void {
  if (!ready) throw new Error(`${what} before app is ready`)
}

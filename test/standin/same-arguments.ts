/**
 * Electron's functions of these names, with Electron's parameters and any result: what a double is checked against whose
 * result is a double in its turn.
 */
export type SameArguments<Real, Names extends keyof Real> = {
  readonly [Name in Names]: Real[Name] extends (...args: infer Arguments) => unknown ? (...args: Arguments) => unknown : never
}

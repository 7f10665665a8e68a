import type { Core } from './core.ts'
import { isDoubted } from './our-order.ts'
import { accountOf } from './core.ts'

/** An instrument with an order of unknown fate, or a difference that nothing explains, may only reduce. */
export function isInstrumentReducing(core: Core, account: string, instrument: string): boolean {
  const { breaks } = accountOf(core, account)
  if (breaks.size > 0) {
    const assets = core.state.assetsOf.get(instrument) ?? []
    for (const known of breaks.values()) {
      if (known.instrument === undefined || known.instrument === instrument || assets.includes(known.instrument)) return true
    }
  }
  if (core.state.doubted === 0) return false
  const place = core.state.liveIn.get(`${account}|${instrument}`)
  if (place === undefined) return false
  for (const { status } of place.values()) if (isDoubted(status)) return true
  return false
}

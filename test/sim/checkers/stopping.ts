import { rawOf } from '../../../src-main/base/index.ts'
import { addsRisk, countExposure } from './exposure-count.ts'
import type { Checker, Scene, Step } from './scene.ts'

const isKill = (mode: string): boolean => mode === 'killing' || mode === 'killed'

/** I13 (second half) once killed nothing that adds risk is sent, and what turned up late is canceled; a halt or kill is answered in the same step. */
export function createStoppingChecker({ court, witness, truth }: Scene): Checker {
  const isProtective = (type: string | undefined, reduceOnly: boolean | undefined, isChild: boolean): boolean =>
    (type === 'stop' || type === 'stop-limit' || type === 'trailing-stop') && (reduceOnly === true || isChild)

  const sawStop = (step: Step): void => {
    const { input, requests } = step
    const wanted = input.kind === 'halt-trading' ? 'halted' : 'killing'
    court.check('I13', witness.mode === wanted || isKill(witness.mode), () => `asked to be ${wanted}, the mode is ${witness.mode}`)
    court.check('I13', !requests.some(({ kind }) => kind === 'send-order'), () => 'an order left the engine together with a stop')
    if (!step.events.some(({ kind }) => kind === 'mode-changed')) return
    // Not with the next tick: what may open something is asked back in the moment of the stop itself.
    for (const { id, spec, link, onBehalfOf, status, cancel } of witness.live.values()) {
      if (spec?.type !== 'limit' || spec.reduceOnly === true || link?.role === 'child' || onBehalfOf !== undefined || (status !== 'working' && status !== 'partial')) continue
      court.check('I13', cancel !== 'none', () => `${id} is ${status} and not asked back by the stop`)
    }
  }

  return {
    step(step) {
      if (step.input.kind === 'halt-trading' || step.input.kind === 'kill-trading') sawStop(step)
      if (!isKill(witness.mode) && witness.mode !== 'halted') return
      const isChange = step.events.some(({ kind }) => kind === 'mode-changed')
      for (const event of step.events) {
        if (event.kind === 'order-sending' && !isChange) {
          // A stop that protects what is held may fire: it lowers what is at risk.
          const { instrument, side, lots, reduceOnly } = event.venueSpec
          const adds = addsRisk(countExposure(witness, instrument, event), side, rawOf(lots), reduceOnly)
          court.check('I13', !adds, () => `${event.order} is sent while ${witness.mode}, and adds risk`)
        }
      }
    },
    quiet() {
      if (!isKill(witness.mode)) return
      for (const { id, spec, link, onBehalfOf, sendingSequence } of witness.live.values()) {
        if (sendingSequence > 0 || spec === undefined || onBehalfOf !== undefined) continue
        const held = witness.positionOf(spec.instrument)
        const isAgainst = spec.side === 'sell' ? held > 0 : held < 0
        court.check('I13', isProtective(spec.type, spec.reduceOnly, link?.role === 'child' || isAgainst), () => `${id} (${spec.type}) still waits here after the kill`)
      }
      for (const there of truth.orders()) {
        if (there.isExternal || there.status !== 'open' || there.order === undefined) continue
        const sent = witness.orders.get(there.order)
        // A piece stays for what it was sent for.
        const known = (sent?.onBehalfOf === undefined ? undefined : witness.orders.get(sent.onBehalfOf)) ?? sent
        const held = witness.positionOf(known?.spec?.instrument ?? '')
        const isAgainst = known?.spec?.side === 'sell' ? held > 0 : held < 0
        const stays = isProtective(known?.spec?.type, known?.spec?.reduceOnly, known?.link?.role === 'child' || isAgainst)
        court.check('I13', stays, () => `${there.order} is open at the venue after the kill`)
      }
    },
  }
}

import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src-main/base/index.ts'
import { SimExchange } from '../../../src-main/venues/sim/index.ts'
import { Schedule, Swarm } from '../../../src-main/venues/paper/index.ts'
import { drawMarkets } from '../../sim/world/catalogue.ts'
import { engineSettings } from '../../sim/world/engine-settings.ts'
import { exchangeBehaviour } from '../../sim/world/exchange-behaviour.ts'
import { Machine } from '../../sim/world/machine.ts'

function aMachine(): { readonly machine: Machine; readonly schedule: Schedule; readonly heard: string[] } {
  const random = createRandom(1)
  const schedule = new Schedule(0, () => 0)
  const swarm = new Swarm(random, new Set())
  swarm.heal()
  const markets = drawMarkets(random)
  const heard: string[] = []
  const nothing = () => undefined
  const machine = new Machine({
    engine: engineSettings('aabbccddeeff', 'main', markets, 'cancel-resting'), schedule, swarm, account: 'main', secret: 'secret',
    exchange: new SimExchange(exchangeBehaviour(random, swarm, markets, 0, 'main', [])),
    clockOffset: () => 0, knownOffset: () => 0, gate: nothing, isDown: () => false, keepLatch: nothing,
    stepped: (input) => heard.push(`${input.kind} at ${schedule.now}`), left: nothing, heard: nothing, written: nothing, flushed: nothing, journalFailed: nothing,
  }, [])
  return { machine, schedule, heard }
}

describe('a simulated machine that sleeps', () => {
  it('is not woken by being put to sleep for less: what comes meanwhile is lost, and not heard all at once as it wakes', () => {
    const { machine, schedule, heard } = aMachine()
    machine.sleep(1_000)
    schedule.at(10, () => machine.sleep(50))
    for (let at = 20; at < 1_000; at += 20) schedule.at(at, () => machine.hear({ kind: 'time-passed', at }))
    schedule.at(1_020, () => machine.hear({ kind: 'time-passed', at: 1_020 }))
    while (schedule.step(2_000)) { /* until nothing is left */ }
    expect(heard).toEqual(['time-passed at 1020'])
  })
})

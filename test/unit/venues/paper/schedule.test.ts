import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/base/index.ts'
import { Schedule, Swarm, faultMenu, faultNames } from '../../../../src-main/venues/paper/index.ts'
import { parseArguments } from '../../../sim/arguments.ts'

describe('the schedule', () => {
  it('lets everything happen in the order of its time, whatever the order in which it was asked for', () => {
    fc.assert(fc.property(fc.array(fc.nat(1_000), { maxLength: 200 }), (times) => {
      const random = createRandom(times.length)
      const schedule = new Schedule(0, () => random.nextUint32())
      const happened: number[] = []
      for (const at of times) schedule.at(at, () => happened.push(schedule.now))
      while (schedule.step(2_000)) { /* until nothing is left */ }
      expect(happened).toEqual([...times].sort((a, b) => a - b))
    }))
  })

  it('does nothing beyond the time that it is given', () => {
    const schedule = new Schedule(0, () => 0)
    schedule.at(10, () => undefined)
    expect(schedule.step(9)).toBe(false)
    expect(schedule.step(10)).toBe(true)
  })
})

describe('the swarm of faults', () => {
  it('names each fault once', () => {
    expect(new Set(faultNames).size).toBe(faultMenu.length)
  })

  it('strikes with one fault as before when another is left out', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [all, less] = [new Swarm(createRandom(seed), new Set()), new Swarm(createRandom(seed), new Set(['504-answer']))]
      for (const name of faultNames.filter((other) => other !== '504-answer')) {
        const throws = (swarm: Swarm): readonly boolean[] => Array.from({ length: 30 }, () => swarm.throws(name))
        expect(throws(less)).toEqual(throws(all))
      }
    }
  })

  it('strikes no more once it is healed', () => {
    const swarm = new Swarm(createRandom(3), new Set())
    swarm.heal()
    expect(faultNames.some((name) => swarm.throws(name))).toBe(false)
  })
})

describe('the arguments of the simulation', () => {
  it.each([
    [['--seeds', 'many'], /--seeds needs a whole number/],
    [['--seeds'], /--seeds needs a whole number/],
    [['--seeds', '0'], /at least one seed/],
    [['--quick'], /--quick is not known here/],
    [['--mutant'], /--mutant needs a value/],
  ])('answers %j with one sentence', (words, sentence) => {
    expect(parseArguments(words)).toMatch(sentence)
  })

  it('takes the seeds it is given', () => {
    expect(parseArguments(['--seeds', '200', '--first-seed', '7', '--json'])).toMatchObject({ seeds: 200, firstSeed: 7, json: true })
  })
})

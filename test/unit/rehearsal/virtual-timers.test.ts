import { describe, expect, it } from 'vitest'
import { VirtualTimers } from '../../../src-main/rehearsal/virtual-timers.ts'
import { Schedule } from '../../../src-main/venues/paper/index.ts'

function open() {
  const schedule = new Schedule(0, () => 0)
  const until = (at: number): void => { while (schedule.step(at)); schedule.passTo(at) }
  return { schedule, timers: new VirtualTimers(schedule), until }
}

describe('timers in virtual time', () => {
  it('fire at their period until they are stopped', () => {
    const { schedule, timers, until } = open()
    const fired: number[] = []
    const stop = timers.every(100, () => fired.push(schedule.now))
    until(350)
    stop()
    until(1_000)
    expect(fired).toEqual([100, 200, 300])
  })

  it('stand still while the process does, and run late and once when it goes on', () => {
    const { schedule, timers, until } = open()
    const fired: number[] = []
    timers.every(100, () => fired.push(schedule.now))
    timers.after(120, () => fired.push(-schedule.now))
    until(110)
    timers.stall(500)
    until(720)
    expect(fired).toEqual([100, -610, 610, 710])
    const loop = timers.watchLoop()
    expect([loop.takeMs(), loop.takeMs()]).toEqual([500, 0])
  })

  it('end with the process', () => {
    const { schedule, timers, until } = open()
    const fired: number[] = []
    timers.every(100, () => fired.push(schedule.now))
    timers.after(250, () => fired.push(schedule.now))
    until(150)
    timers.end()
    until(1_000)
    expect(fired).toEqual([100])
  })
})

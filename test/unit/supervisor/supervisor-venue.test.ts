import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Supervisor, type EngineProcessEvents, type ToEngine, type ToVenueChild, type VenueProcessEvents } from '../../../src-main/supervisor/index.ts'

interface Engine {
  readonly events: EngineProcessEvents
  readonly heard: ToEngine[]
}
interface Venue {
  readonly events: VenueProcessEvents
  readonly heard: ToVenueChild[]
}

let engines: Engine[]
let venues: Venue[]
let order: string[]
let supervisor: Supervisor

beforeEach(() => {
  vi.useFakeTimers()
  engines = []
  venues = []
  order = []
  supervisor = new Supervisor({
    launch: (events) => {
      const engine: Engine = { events, heard: [] }
      engines.push(engine)
      return {
        send: (message) => {
          engine.heard.push(message)
          if (message.kind !== 'stop') return
          order.push('engine')
          events.onExit('0')
        },
        kill: () => events.onExit('SIGKILL'),
      }
    },
    launchVenue: (events) => {
      const venue: Venue = { events, heard: [] }
      venues.push(venue)
      return {
        send: (message) => {
          venue.heard.push(message)
          if (message.kind !== 'stop') return
          order.push('venue')
          events.onExit('0')
        },
        kill: () => events.onExit('SIGKILL'),
      }
    },
    start: { folder: '/data', profile: 'paper', profileKind: 'paper', keys: {} },
    nowMs: () => 0,
  })
  supervisor.begin()
})
afterEach(async () => {
  await supervisor.stop()
  vi.useRealTimers()
})

const news = (engine: number): readonly unknown[] => (engines[engine]?.heard ?? []).flatMap((message) => (message.kind === 'venue' ? [message.news] : []))
const engine = (): EngineProcessEvents => (engines.at(-1) as Engine).events

describe('the supervisor and the venue', () => {
  it('starts a venue only for an engine that wants one', () => {
    expect(venues).toHaveLength(0)
    engine().onMessage({ kind: 'venue-wanted' })
    expect(venues).toHaveLength(1)
    expect(news(0)).toEqual([{ kind: 'up', life: 1 }])
  })

  it('carries what the two say to each other, and shows it to nobody else', () => {
    const seen: string[] = []
    supervisor.onMessage(({ kind }) => seen.push(kind))
    engine().onMessage({ kind: 'venue-wanted' })
    engine().onMessage({ kind: 'to-venue', life: 1, body: 'there' })
    engine().onMessage({ kind: 'to-venue', life: 7, body: 'to nobody' })
    venues[0]?.events.onMessage({ kind: 'said', body: 'back' })
    expect(venues[0]?.heard).toEqual([{ kind: 'said', body: 'there' }])
    expect(news(0)).toEqual([{ kind: 'up', life: 1 }, { kind: 'said', life: 1, body: 'back' }])
    expect(seen).toEqual([])
  })

  it('keeps the venue when the engine crashes, and tells the next engine of it', () => {
    engine().onMessage({ kind: 'venue-wanted' })
    engine().onExit('SIGKILL')
    venues[0]?.events.onMessage({ kind: 'said', body: 'for nobody' })
    vi.advanceTimersByTime(250)
    engine().onMessage({ kind: 'venue-wanted' })
    expect(venues).toHaveLength(1)
    expect(news(1)).toEqual([{ kind: 'up', life: 1 }])
  })

  it('ends the venue after the engine when it is stopped, and starts none any more', async () => {
    engine().onMessage({ kind: 'venue-wanted' })
    const late = engine()
    await supervisor.stop()
    expect(order).toEqual(['engine', 'venue'])
    late.onMessage({ kind: 'venue-wanted' })
    expect(venues).toHaveLength(1)
  })
})

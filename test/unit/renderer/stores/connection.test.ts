import { describe, expect, it } from 'vitest'
import {
  lineHealth, noticeSilence, takeConnectionState, takeHeard, useConnection,
} from '../../../../src-renderer/stores/connection.ts'

describe('the health of the line', () => {
  it('is fresh only while it is open and the engine speaks', () => {
    expect(lineHealth({ state: 'open', heardAt: 1_000 }, 4_000)).toBe('fresh')
    expect(lineHealth({ state: 'open', heardAt: 1_000 }, 4_001)).toBe('silent')
    expect(lineHealth({ state: 'open', heardAt: undefined }, 1_000)).toBe('down')
  })

  it.each(['connecting', 'restarting', 'stopped', 'lost', 'refused', 'incompatible'] as const)('is down when %s', (state) => {
    expect(lineHealth({ state, heardAt: 1_000 }, 1_000)).toBe('down')
  })
})

describe('what is known of the connection', () => {
  it('is stale from the moment that the line goes, and counts from the first cause', () => {
    takeConnectionState('open', 'trade', 100)
    takeHeard(110, 1_700_000_000_000)
    expect(useConnection.getState()).toMatchObject({ health: 'fresh', downSince: undefined, hasBeenOpen: true, access: 'trade' })
    takeConnectionState('restarting', undefined, 200)
    takeConnectionState('lost', undefined, 900)
    expect(useConnection.getState()).toMatchObject({
      health: 'down', downSince: 200, access: undefined, heardWallMs: 1_700_000_000_000,
    })
  })

  it('is not fresh again before the engine has spoken on the new line', () => {
    takeConnectionState('lost', undefined, 1_000)
    useConnection.setState({ heardAt: undefined })
    takeConnectionState('open', 'trade', 2_000)
    expect(useConnection.getState().health).toBe('down')
    takeHeard(2_010, 0)
    expect(useConnection.getState().health).toBe('fresh')
  })

  it('notices by time alone that the engine has gone silent', () => {
    takeConnectionState('open', 'trade', 0)
    takeHeard(0, 0)
    noticeSilence(2_999)
    expect(useConnection.getState().health).toBe('fresh')
    noticeSilence(3_001)
    expect(useConnection.getState().health).toBe('silent')
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BallastHome } from '../cli/ballast-process.ts'
import { readBack } from '../../unit/data/some-events.ts'

let home: BallastHome
beforeEach(() => {
  home = new BallastHome()
})
afterEach(() => home.dispose())

describe('the commands of the market with a running engine', () => {
  it('read from it the same past that they compute without it, record with it, and give it another pace', { timeout: 180_000 }, async () => {
    const range = ['market', 'candles', '--instrument', 'BTC/USD', '--timeframe', '1m', '--from', '2025-01-01', '--to', '2025-01-09']
    const [alone, asked] = [join(home.folder, 'alone.csv'), join(home.folder, 'asked.csv')]
    await home.json(...range, '--out', alone)
    const served = await home.stay('run')
    expect(await home.json(...range, '--out', asked)).toMatchObject({ rows: 8 * 1_440, file: asked })
    expect(readFileSync(asked)).toEqual(readFileSync(alone))

    const { isOn, folder } = await home.json('market', 'record', '--on', '--instrument', 'BTC/USD')
    expect({ isOn, folder }).toEqual({ isOn: true, folder: join(home.profileFolder, 'recordings') })
    expect(await home.json('market', 'demo', '--speed', '20')).toEqual({ speed: 20, disturbance: null })
    const { quotes } = (await home.json('market', 'quote', '--instrument', 'BTC/USD')) as { quotes: Record<string, unknown>[] }
    expect(quotes[0]).toMatchObject({ instrument: 'BTC/USD', state: 'live' })
    expect(await home.json('market', 'demo', '--disturb', 'disconnect')).toEqual({ speed: null, disturbance: 'disconnect' })
    const lost = (await home.json('market', 'quote', '--instrument', 'BTC/USD')) as { quotes: Record<string, unknown>[] }
    expect(lost.quotes[0]).toMatchObject({ state: 'down' })
    expect(await home.json('market', 'record', '--off')).toMatchObject({ isOn: false })
    const [file = ''] = readdirSync(String(folder))
    const { events, lost: unkept, said } = await readBack(join(String(folder), file))
    expect(events[0]).toMatchObject({ kind: 'book', instrument: 'BTC/USD' })
    expect(events.length).toBeGreaterThan(10)
    expect(new Set(events.map(({ instrument }) => instrument))).toEqual(new Set(['BTC/USD']))
    expect({ unkept, said }).toEqual({ unkept: 0, said: [] })

    const wrong = await home.ballast('market', 'record', '--on', '--instrument', 'NO/PE')
    expect({ exitCode: wrong.exitCode, stdout: wrong.stdout }).toEqual({ exitCode: 3, stdout: '' })
    served.child.kill('SIGTERM')
    await served.ended
  })
})

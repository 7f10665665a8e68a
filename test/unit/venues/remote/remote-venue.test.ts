import { beforeEach, describe, expect, it } from 'vitest'
import type { VenueReport, VenueRequest } from '../../../../src-main/domain/index.ts'
import { RemoteVenue } from '../../../../src-main/venues/remote/index.ts'
import type { FromVenue, OpenPaper, RemoteStatus, ToVenue, VenueNews } from '../../../../src-main/venues/remote/index.ts'
import { limitOf, orderIdOf } from '../paper/paper-house.ts'

let tell: (news: VenueNews) => void
let sent: { readonly life: number; readonly body: ToVenue }[]
let statuses: RemoteStatus[]
let heard: VenueReport[]
let gone: string[]
let venue: RemoteVenue

const open: OpenPaper = {
  folder: '/venue', keys: [], areOldBooksKept: true, installation: 'a1b2c3d4e5f6', accounts: [], weather: 'calm',
  pace: { seed: 7, anchorWall: 0, anchorMarket: 0, speed: 1 },
}
const order = orderIdOf(1)
const request: VenueRequest = { kind: 'send-order', account: 'paper', order, needs: 0, sendEpoch: 0, validUntil: 10, spec: limitOf(1, 1) }
const account = { id: 'paper', positions: 'netting', lots: 'fifo', balances: [] } as const

beforeEach(() => {
  sent = []
  statuses = []
  heard = []
  gone = []
  venue = new RemoteVenue({
    wire: { want: () => undefined, send: (life, body) => sent.push({ life, body }), onNews: (listener) => { tell = listener } },
    open: () => open, now: () => 5, engine: 'e1', onStatus: (status) => statuses.push(status),
  })
  venue.listen({ report: (report) => heard.push(report), gone: (why) => gone.push(why) })
})

const said = (life: number, body: FromVenue): void => tell({ kind: 'said', life, body })
const up = (life: number): void => {
  tell({ kind: 'up', life })
  said(life, { kind: 'opened', line: `e1 ${life}`, accounts: [account], resets: [] })
}
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve()
}
const kinds = (): readonly string[] => sent.map(({ life, body }) => `${life} ${body.kind}`)

describe('the far end of a venue in another process', () => {
  it('opens each life once, however often it hears of it', () => {
    tell({ kind: 'up', life: 1 })
    tell({ kind: 'up', life: 1 })
    expect(kinds()).toEqual(['1 open'])
  })

  it('hands a request over to the life that is open, and to no other', async () => {
    venue.perform(request)
    tell({ kind: 'up', life: 1 })
    venue.perform(request)
    up(2)
    venue.perform(request)
    await turns()
    expect(kinds()).toEqual(['1 open', '2 open', '2 perform'])
    expect(heard.map(({ kind }) => kind)).toEqual(['send-not-sent', 'send-not-sent'])
  })

  it('tells what it could not hand over only after the call has ended', async () => {
    venue.perform(request)
    expect(heard).toEqual([])
    await turns()
    expect(heard).toEqual([{ kind: 'send-not-sent', at: 5, account: 'paper', order, proof: 'the venue is not there' }])
  })

  it('tells that a life has ended, with the streams of its accounts', () => {
    up(1)
    tell({ kind: 'gone', life: 1, why: 'SIGKILL', again: 'soon' })
    expect(gone).toEqual(['SIGKILL'])
    expect(heard).toMatchObject([{ kind: 'stream-reported', account: 'paper', state: 'down' }])
    expect(statuses.at(-1)).toEqual({ kind: 'gone', why: 'SIGKILL', again: 'soon' })
  })

  it('hears nothing that an earlier life or another engine was meant to hear', () => {
    up(1)
    up(2)
    const report: VenueReport = { kind: 'stream-reported', at: 1, account: 'paper', state: 'up' }
    said(1, { kind: 'report', line: 'e1 1', report })
    said(2, { kind: 'report', line: 'e0 2', report })
    said(2, { kind: 'report', line: 'e1 2', report })
    expect(heard).toEqual([report])
  })

  it('does not take the end of an earlier life for that of this one', () => {
    up(1)
    up(2)
    tell({ kind: 'gone', life: 1, why: 'late news', again: 'soon' })
    venue.perform(request)
    expect(gone).toEqual([])
    expect(kinds().at(-1)).toBe('2 perform')
  })

  it('says after the opening what was wished for while it was under way', () => {
    tell({ kind: 'up', life: 1 })
    venue.become('liar')
    venue.follow({ ...open.pace, speed: 0 })
    said(1, { kind: 'opened', line: 'e1 1', accounts: [], resets: [] })
    expect(kinds()).toEqual(['1 open', '1 follow', '1 become'])
  })

  it('does not know how a reset went whose venue ended, and asks nobody when nobody is there', async () => {
    const reset = { account: 'paper', reason: 'r', balances: [] }
    expect(await venue.reset(reset)).toEqual({ ok: false, reason: 'not-there' })
    up(1)
    const outcome = venue.reset(reset)
    tell({ kind: 'gone', life: 1, why: 'x', again: 'soon' })
    expect(await outcome).toEqual({ ok: false, reason: 'not-known' })
  })

  it('says why a venue does not open, and carries nothing to it', async () => {
    tell({ kind: 'up', life: 1 })
    said(1, { kind: 'refused', line: 'e1 1', why: 'its books cannot be opened: damaged' })
    venue.perform(request)
    await turns()
    expect(statuses.at(-1)).toEqual({ kind: 'refused', why: 'its books cannot be opened: damaged' })
    expect(kinds()).toEqual(['1 open'])
  })
})

import { describe, expect, test } from 'vitest'
import { judgeChange, judgeList, judgeLookup, judgeSend, readJson, venueErrorOf } from '../../../../src-main/venues/outcome/index.ts'
import type { Acceptance, RawCall, ReadAnswer } from '../../../../src-main/venues/outcome/index.ts'
import { sampleCodes } from './sample-codes.ts'

const ourId = 'mine'
const answered = (status: number, body = ''): RawCall => ({ kind: 'answered', status, body })
const unreadable = { kind: 'unreadable' } as const
const accepted: ReadAnswer<Acceptance> = { kind: 'value', value: { venueOrder: 'v1', clientId: ourId } }
const native = (code: string) => ({ kind: 'native-error', code, message: 'm' }) as const
const change = (call: RawCall, read: ReadAnswer<Acceptance>) => judgeChange(call, read, { clientId: ourId, venueOrder: 'v1' }, sampleCodes)
const send = (call: RawCall, read: ReadAnswer<Acceptance>) => judgeSend(call, read, ourId, sampleCodes)

describe('a send', () => {
  test('is accepted only by an answer that names our order', () => {
    expect(send(answered(200), accepted)).toEqual({ kind: 'accepted', venueOrder: 'v1' })
    expect(send(answered(200), { kind: 'value', value: { venueOrder: 'v2', clientId: 'another' } }).kind).toBe('unknown')
  })

  test.each(['timeout', 'reset', 'stalled', 'dns', 'deadline'] as const)('is unknown after %s', (why) => {
    expect(send({ kind: 'unanswered', why }, unreadable)).toEqual({ kind: 'unknown', why })
  })

  test('is not sent when no byte left', () => {
    expect(send({ kind: 'unanswered', why: 'before' }, unreadable).kind).toBe('not-sent')
  })

  test.each(['', '<html>maintenance</html>', '{"order":"v1","cli', 'null'])('is unknown after a good status with the body %j', (body) => {
    expect(readJson(body) ?? undefined).toBeUndefined()
    expect(send(answered(200, body), unreadable).kind).toBe('unknown')
  })

  test.each([400, 404, 500, 502, 503, 504, 520])('is unknown after status %i without a native code', (status) => {
    expect(send(answered(status), unreadable).kind).toBe('unknown')
  })

  test.each([429, 418])('is not sent after status %i, which this venue gives before it looks', (status) => {
    expect(send(answered(status), unreadable)).toEqual({ kind: 'not-sent', proof: `HTTP ${status}` })
  })

  test('is rejected only by a code of the venue’s own table, and the proof quotes it', () => {
    expect(send(answered(400), native('INSUFFICIENT_BALANCE'))).toEqual({ kind: 'rejected', proof: 'HTTP 400 INSUFFICIENT_BALANCE: m' })
    expect(send(answered(400), native('SOMETHING_NEW')).kind).toBe('unknown')
  })

  test('is unknown when a failing server names a reason: it may have failed after it acted', () => {
    expect(send(answered(500), native('INSUFFICIENT_BALANCE')).kind).toBe('unknown')
    expect(send(answered(503), native('TIMESTAMP')).kind).toBe('unknown')
  })

  test('with an id that is there already is unknown: the order that bears it is ours', () => {
    expect(send(answered(400), native('DUPLICATE_ID')).kind).toBe('unknown')
  })

  test('an acceptance with a bad status proves nothing', () => {
    expect(send(answered(500), accepted).kind).toBe('unknown')
  })
})

describe('a question', () => {
  const isOurs = (value: { readonly id: string }): boolean => value.id === ourId
  const lookup = (call: RawCall, read: ReadAnswer<{ readonly id: string }>) => judgeLookup(call, read, sampleCodes, isOurs).kind

  test('finds what answers to our id and fails on another order', () => {
    expect(lookup(answered(200), { kind: 'value', value: { id: ourId } })).toBe('found')
    expect(lookup(answered(200), { kind: 'value', value: { id: 'x' } })).toBe('failed')
  })

  test('finds nothing only where the venue searched', () => {
    expect(lookup(answered(404), native('ORDER_NOT_FOUND'))).toBe('not-found')
    expect(lookup(answered(404), unreadable)).toBe('failed')
    expect(lookup(answered(500), native('ORDER_NOT_FOUND'))).toBe('failed')
    expect(lookup({ kind: 'unanswered', why: 'dns' }, unreadable)).toBe('failed')
  })

  test('for a list is whole or nothing', () => {
    const page = { call: answered(200), read: { kind: 'value', value: [1, 2] } as const }
    expect(judgeList([page, page], sampleCodes)).toEqual({ ok: true, items: [1, 2, 1, 2] })
    expect(judgeList([{ call: answered(200), read: { kind: 'value', value: [] } }], sampleCodes)).toEqual({ ok: true, items: [] })
    expect(judgeList([page, { call: answered(502), read: unreadable }], sampleCodes).ok).toBe(false)
    expect(judgeList([], sampleCodes).ok).toBe(false)
  })
})

describe('a cancel', () => {
  test('that is refused says nothing of the order', () => {
    expect(change(answered(400), native('ORDER_NOT_FOUND')).outcome).toBe('refused')
  })

  test('without an answer is unknown, and turned away at the gate not sent', () => {
    expect(change({ kind: 'unanswered', why: 'reset' }, unreadable).outcome).toBe('unknown')
    expect(change(answered(429), unreadable).outcome).toBe('not-sent')
    expect(change(answered(200), unreadable).outcome).toBe('unknown')
    expect(change(answered(200), accepted).outcome).toBe('accepted')
  })

  test('is accepted only by an answer that names our order, by either of its names', () => {
    const told = (clientId: string, venueOrder: string): ReadAnswer<Acceptance> => ({ kind: 'value', value: { clientId, venueOrder } })
    expect(change(answered(200), told('', 'v1')).outcome).toBe('accepted')
    expect(change(answered(200), told('theirs', 'v1')).outcome).toBe('accepted')
    expect(change(answered(200), told('other', 'v2'))).toEqual({ outcome: 'unknown', detail: 'the answer is for other' })
    expect(change(answered(200), told('', 'v2'))).toEqual({ outcome: 'unknown', detail: 'the answer is for v2' })
    expect(change(answered(200), told('', ''))).toEqual({ outcome: 'unknown', detail: 'the answer is for no order' })
  })
})

describe('every way in which a call goes wrong has one name and says whether to ask again', () => {
  test.each([
    [answered(400), native('INSUFFICIENT_BALANCE'), 'venue.rejected', 'never'],
    [answered(400), native('DUPLICATE_ID'), 'venue.duplicate-id', 'after-reconcile'],
    [answered(404), native('ORDER_NOT_FOUND'), 'venue.not-found', 'never'],
    [answered(429), unreadable, 'venue.rate-limited', 'safe'],
    [answered(418), unreadable, 'venue.banned', 'safe'],
    [answered(503), native('MAINTENANCE'), 'venue.maintenance', 'safe'],
    [answered(400), native('TIMESTAMP'), 'venue.clock', 'after-reconcile'],
    [answered(401), native('KEY_INVALID'), 'venue.access', 'never'],
    [answered(500), unreadable, 'venue.failing', 'after-reconcile'],
    [answered(200), unreadable, 'venue.unreadable', 'after-reconcile'],
    [answered(400), native('SOMETHING_NEW'), 'venue.unexpected', 'after-reconcile'],
    [{ kind: 'unanswered', why: 'before' }, unreadable, 'venue.unreachable', 'safe'],
    [{ kind: 'unanswered', why: 'stalled' }, unreadable, 'venue.silent', 'after-reconcile'],
  ] as const)('%o %o is %s, %s', (call, read, code, retry) => {
    expect(venueErrorOf(call, read, sampleCodes)).toMatchObject({ code, retry })
  })

  test('a good answer is none', () => {
    expect(venueErrorOf(answered(200), { kind: 'value', value: 1 }, sampleCodes)).toBeUndefined()
  })
})

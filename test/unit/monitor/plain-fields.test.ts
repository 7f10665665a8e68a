import { describe, expect, it } from 'vitest'
import { isSecretName, plainFields } from '../../../src-main/monitor/log/plain-fields.ts'

class Wallet {
  readonly seed = 'planted-secret'
  toJSON() {
    return { seed: this.seed }
  }
}

describe('what may be logged', () => {
  it('is plain data, as it was', () => {
    const fields = { text: 'a', count: 1, isOpen: true, none: null, list: [1, 'b'], inner: { deep: [{ a: 1 }] } }
    expect(plainFields(fields)).toEqual(fields)
  })

  it.each([
    ['an instance of a class', new Wallet(), '[object]'],
    ['a map', new Map([['a', 'planted-secret']]), '[object]'],
    ['a buffer', Buffer.from('planted-secret'), '[bytes]'],
    ['a typed array', Uint8Array.of(1, 2), '[bytes]'],
    ['raw bytes', new ArrayBuffer(2), '[bytes]'],
    ['a function', () => 'planted-secret', '[function]'],
    ['a symbol', Symbol('planted-secret'), '[symbol]'],
    ['a date', new Date(0), '[object]'],
    ['a number that JSON has no word for', Number.NaN, 'NaN'],
    ['a large whole number', 10n, '10'],
  ])('shows of %s only what it is', (_what, value, shown) => {
    expect(plainFields({ value })).toEqual({ value: shown })
  })

  it('calls nothing of another object’s own', () => {
    let calls = 0
    const trap = {
      get computed() {
        calls += 1
        return 'planted-secret'
      },
    }
    const list = Object.defineProperty(['a'], 0, { get: () => (calls += 1) })
    const hostile = new Proxy({}, { ownKeys: () => { throw new Error('planted-secret') } })
    expect(plainFields({ trap, list, hostile })).toEqual(
      { trap: { computed: '[computed]' }, list: ['[computed]'], hostile: '[unreadable]' },
    )
    expect(calls).toBe(0)
  })

  it('takes of an error only what every error has', () => {
    class VenueError extends TypeError {
      readonly headers = { authorization: 'planted-secret' }
      readonly code = 'ECONNRESET'
    }
    const error = new VenueError('it broke', { cause: new Error('deeper', { cause: 'planted-secret' }) })
    const told = plainFields({ error }) as { error: Record<string, unknown> }
    expect(told.error).toMatchObject(
      { name: 'VenueError', message: 'it broke', code: 'ECONNRESET', cause: { name: 'Error', message: 'deeper' } },
    )
    expect((told.error['stack'] as string[])[0]).toMatch(/^at .*plain-fields\.test\.ts/)
    expect(JSON.stringify(told)).not.toContain('planted-secret')
  })

  it('does not take an error’s own getters, codes of another shape, or a name that was set on it', () => {
    const error = Object.defineProperties(new Error('x'), {
      message: { get: () => 'planted-secret' }, name: { value: 'planted-secret' }, code: { value: 'planted secret' },
    })
    expect(JSON.stringify(plainFields({ error }))).not.toMatch(/planted/)
  })

  it('tells each of several errors, and does not follow a ring of causes for ever', () => {
    const ring = new Error('ring')
    ring.cause = ring
    const told = JSON.stringify(plainFields({ ring, many: new AggregateError([new Error('one'), 'two', 3], 'all') }))
    expect(told).toContain('"message":"one"')
    expect(told).toContain('"two","[computed]"')
    expect(told.split('"ring"').length).toBeLessThan(15)
  })

  it('is bounded in depth, in width and in length', () => {
    const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } }
    expect(JSON.stringify(plainFields({ deep }))).toContain('[deeper]')
    const wide = Object.fromEntries(Array.from({ length: 60 }, (_each, at) => [`n${at}`, at]))
    expect(plainFields({ wide })).toMatchObject({ wide: { '[more]': 10 } })
    expect(plainFields({ list: Array.from({ length: 120 }, () => 0) })['list']).toHaveLength(101)
    expect(plainFields({ text: 'x'.repeat(3_000) })['text']).toBe(`${'x'.repeat(2_000)} [1000 more]`)
  })

  it('makes a value of what is no record', () => {
    expect(plainFields('text')).toEqual({ value: 'text' })
    expect(plainFields([1])).toEqual({ value: [1] })
    expect(plainFields(null)).toEqual({ value: null })
  })
})

describe('a secret’s name', () => {
  it.each([
    'token', 'botToken', 'access_token', 'PASSPHRASE', 'password', 'clientSecret', 'Authorization', 'x-api-key', 'apiKey', 'cookie', 'key',
    'privateKey', 'recoveryCode', 'signature', 'pin', 'dataKey'])('is %s', (name) => {
    expect(isSecretName(name)).toBe(true)
    expect(plainFields({ [name]: 'planted-secret', inner: { [name]: ['planted-secret'] } })).toEqual(
      { [name]: '[hidden]', inner: { [name]: '[hidden]' } },
    )
  })

  it.each(['keyAge', 'sequence', 'pinned', 'seedling', 'author', 'monkey'])('is not %s', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

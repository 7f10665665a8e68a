import { describe, expect, it } from 'vitest'
import { mask, SecretRegister } from '../../../src-main/monitor/index.ts'

const registerOf = (...secrets: (string | Uint8Array)[]): SecretRegister => {
  const register = new SecretRegister()
  for (const secret of secrets) expect(register.add(secret)).toBe(true)
  return register
}

const secret = 'gr8 "pass"/phrase+é'
const bytes = Buffer.from(secret)

describe('a registered secret', () => {
  it.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ a: secret })],
    ['in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: secret }) })],
    ['in an address', `?q=${encodeURIComponent(secret)}`],
    ['in an address in small letters', `?q=${encodeURIComponent(secret).replaceAll(/%../g, (escape) => escape.toLowerCase())}`],
    ['in a form', new URLSearchParams({ q: 'gr8 "pass"/phrase+é' }).toString().replaceAll('+', '%20')],
    ['in hex', bytes.toString('hex')],
    ['in large hex', bytes.toString('hex').toUpperCase()],
    ['in base64', bytes.toString('base64')],
    ['in base64 for addresses', bytes.toString('base64url')],
    ['in base64 behind one character', Buffer.from(`x${secret}yz`).toString('base64')],
    ['in base64 behind two characters', Buffer.from(`xx${secret}y`).toString('base64')],
    ['as a list of bytes', JSON.stringify([...bytes])],
    ['as a printed buffer', JSON.stringify(bytes)],
  ])('leaves no trace %s', (_how, text) => {
    const scrubbed = registerOf(secret).scrub(`before ${text} after`)
    expect(scrubbed).toContain(mask)
    expect(scrubbed.startsWith('before ') && scrubbed.endsWith(' after')).toBe(true)
    // Neither the whole nor a half of it is there in any form.
    for (const part of [bytes.subarray(2, 10), bytes.subarray(8, 18)]) {
      for (const form of ['utf8', 'hex', 'base64url'] as const) expect(scrubbed).not.toContain(part.toString(form).slice(1, -1))
    }
  })

  it('may be bytes that are no text', () => {
    const key = Uint8Array.from({ length: 32 }, (_each, at) => 255 - at)
    const text = [Buffer.from(key).toString('hex'), Buffer.from(key).toString('base64'), [...key].join(',')].join(' ')
    expect(registerOf(key).scrub(text)).toBe(`${mask} ${mask} ${mask}`)
  })

  it('may hold what no address can encode', () => {
    expect(registerOf('half\ud800secret').scrub('half\ud800secret!')).toBe(`${mask}!`)
  })

  it('may be the beginning of a longer one, of which then nothing is left', () => {
    expect(registerOf('abcdef', 'abcdefghij').scrub('abcdefghij abcdef')).toBe(`${mask} ${mask}`)
  })

  it('is told apart from ordinary text: what is too short is refused', () => {
    const register = new SecretRegister()
    expect(register.add('short')).toBe(false)
    expect(register.scrub('short')).toBe('short')
  })

  it('is forgotten when it is out of use', () => {
    const register = registerOf('out-of-use')
    register.forget('out-of-use')
    expect(register.scrub('out-of-use')).toBe('out-of-use')
  })

  it('is one of a bounded number', () => {
    const register = new SecretRegister()
    const taken = Array.from({ length: 300 }, (_each, at) => register.add(`secret-number-${at}`)).filter(Boolean)
    expect(taken).toHaveLength(256)
  })
})

describe('what looks like a credential', () => {
  it.each([
    ['a password in an address', 'https://user:hunter2@host/path', `https://${mask}@host/path`],
    ['a token in a query', 'GET /a?x=1&access_token=abc123&y=2', `GET /a?x=1&access_token=${mask}&y=2`],
    ['a bearer', 'Authorization: Bearer abc.def-123', `Authorization: Bearer ${mask}`],
    ['a bot’s token', '/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456/send', `/bot${mask}/send`],
  ])('is masked although nobody registered it: %s', (_what, text, scrubbed) => {
    expect(new SecretRegister().scrub(text)).toBe(scrubbed)
  })

  it('is nothing of an ordinary sentence', () => {
    const text = 'the key is old: 90 days; see https://localhost:47811/metrics?mode=active at 12:30'
    expect(new SecretRegister().scrub(text)).toBe(text)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { noKeychain, openVault, Secret } from '../../../src-main/store/index.ts'
import { caller, openReader, type OfficeUnderTest } from '../../fixtures/start-office.ts'
import { passphrase, folder, start, stop, halt, records, kinds } from './office-desk.ts'

// A key is derived from a passphrase on purpose so slowly, on machines that may have other work.
vi.setConfig({ testTimeout: 60_000 })

describe('books under a passphrase', () => {
  it('are made where no keychain answers, stay closed without it, and open with it', async () => {
    const first = await start()
    expect(first.status()).toMatchObject({ state: 'closed', trouble: { code: 'keychain-absent' } })
    expect(first.runtime.isOpen).toBe(false)
    const weak = await first.handlers['books.create']({ passphrase: await first.seal('short', 'books.create passphrase') }, caller)
    expect(weak).toMatchObject({ ok: false, error: { code: 'books.secret-weak' } })
    const made = await first.handlers['books.create']({ passphrase: await first.seal(passphrase, 'books.create passphrase') }, caller)
    expect(made).toMatchObject({ ok: true, value: { state: 'open', protection: 'passphrase', hasPassphrase: true, screen: 'open' } })
    await stop(first)

    const second = await start()
    expect(second.status().trouble?.code).toBe('passphrase-needed')
    second.runtime.submit(halt(9))
    const wrong = await second.handlers['books.unlock']({ secret: await second.seal('something else entirely', 'books.unlock secret') }, caller)
    expect(wrong).toMatchObject({ ok: false, error: { code: 'books.secret-wrong' } })
    await vi.waitFor(async () => {
      const right = await second.handlers['books.unlock']({ secret: await second.seal(passphrase, 'books.unlock secret') }, caller)
      expect(right).toMatchObject({ ok: true, value: { state: 'open' } })
    }, { timeout: 15_000, interval: 500 })
    // The halt from before the books were open stands in them.
    expect(second.runtime.state).toMatchObject({ mode: 'halted', reason: 'a test' })
    expect(await second.handlers['books.unlock']({ secret: null }, caller)).toMatchObject({ ok: false, error: { code: 'books.not-wanted' } })
  })

  it('lock and unlock the screens, and count wrong tries', async () => {
    const office = await start({ secret: passphrase })
    expect(await office.handlers['screen.lock']({}, caller)).toMatchObject({ ok: true, value: { screen: 'locked' } })
    expect(office.gate.isShut).toBe(true)
    expect(await office.handlers['screen.unlock']({ secret: await office.seal('not the passphrase', 'screen.unlock secret') }, caller)).toMatchObject({
      ok: false, error: { code: 'books.secret-wrong' },
    })
    expect(office.gate.isShut).toBe(true)
    await vi.waitFor(async () => {
      const open = await office.handlers['screen.unlock']({ secret: await office.seal(passphrase, 'screen.unlock secret') }, caller)
      expect(open).toMatchObject({ ok: true, value: { screen: 'open' } })
    }, { timeout: 15_000, interval: 500 })
  })

  const offerOf = async (office: OfficeUnderTest): Promise<string> => {
    const reader = await openReader()
    const secret = await office.seal(passphrase, 'keys.recovery-code secret')
    const reply = await office.handlers['keys.recovery-code']({ sealTo: reader.publicKey, secret }, caller)
    if (!reply.ok) throw new Error(reply.error.code)
    const code = await reader.open(reply.value.code, 'keys.recovery-code code')
    if (code === undefined) throw new Error('expected a code for this reader')
    return code
  }
  const confirm = async (office: OfficeUnderTest, code: string) =>
    office.handlers['keys.confirm-recovery-code']({ code: await office.seal(code, 'keys.confirm-recovery-code code') }, caller)

  it('give a recovery code once, which opens them too', async () => {
    const first = await start({ secret: passphrase })
    const code = await offerOf(first)
    expect(code).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
    expect(await confirm(first, code.toLowerCase())).toMatchObject({ ok: true, value: { hasRecoveryCode: true } })
    await stop(first)
    const second = await start({ secret: code })
    expect(second.status().state).toBe('open')
    expect(JSON.stringify(await records(second))).not.toContain(code)
  })

  it('open by the recovery code of before until the next one is confirmed, and by that alone afterwards', async () => {
    const first = await start({ secret: passphrase })
    const before = await offerOf(first)
    expect(await confirm(first, before)).toMatchObject({ ok: true })
    const never = await offerOf(first)
    const next = await offerOf(first)
    // One that nobody has confirmed is nothing, and only the last one offered can be; the one in force stays what it is.
    expect(await confirm(first, before)).toMatchObject({ ok: true })
    expect(await confirm(first, never)).toMatchObject({ ok: false, error: { code: 'keys.code-unconfirmed' } })
    const opens = async (code: string): Promise<boolean> => {
      const opening = await openVault({ folder, keychain: noKeychain, secret: Secret.fromText(code) })
      if (opening.ok) opening.vault.dispose()
      return opening.ok
    }
    expect([await opens(before), await opens(next)]).toEqual([true, false])
    expect(await confirm(first, next)).toMatchObject({ ok: true })
    expect([await opens(before), await opens(next)]).toEqual([false, true])
    // Whoever lost the answer asks again, and hears the truth.
    expect(await confirm(first, next)).toMatchObject({ ok: true })
  })

  it('have a recovery code written down that came into force before its engine could say so, and each code once', async () => {
    await stop(await start({ secret: passphrase }))
    const vault = await openVault({ folder, keychain: noKeychain, secret: Secret.fromText(passphrase) })
    if (!vault.ok) throw new Error(vault.trouble.kind)
    const made = await vault.vault.addRecoveryCode()
    if (!made.ok) throw new Error(made.trouble.kind)
    vault.vault.dispose()
    const code = made.code.withBytes((bytes) => bytes.toString('utf8'))
    const added = async (office: OfficeUnderTest): Promise<number> => (await kinds(office)).filter((kind) => kind === 'keys.slot-added').length
    // By the code: a passphrase is derived on purpose slowly.
    const first = await start({ secret: code })
    for (const _time of ['first', 'again']) expect(await confirm(first, code)).toMatchObject({ ok: true })
    await vi.waitFor(async () => expect(await added(first)).toBe(1))
    await stop(first)
    const second = await start({ secret: code })
    expect(await confirm(second, code)).toMatchObject({ ok: true })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await added(second)).toBe(1)
  })

  it('take what was sealed for them only once, and only where it was meant for', async () => {
    const office = await start({ secret: passphrase })
    const sealed = await office.seal(passphrase, 'screen.unlock secret')
    const reader = await openReader()
    // Whoever listened cannot make a recovery code of somebody's unlocking.
    expect(await office.handlers['keys.recovery-code']({ sealTo: reader.publicKey, secret: sealed }, caller)).toMatchObject({
      ok: false, error: { code: 'books.secret-wrong' },
    })
    await office.handlers['screen.lock']({}, caller)
    expect(await office.handlers['screen.unlock']({ secret: sealed }, caller)).toMatchObject({ ok: true, value: { screen: 'open' } })
    await office.handlers['screen.lock']({}, caller)
    expect(await office.handlers['screen.unlock']({ secret: sealed }, caller)).toMatchObject({ ok: false, error: { code: 'books.secret-unreadable' } })
    // The same message in other words: the last letters of a key's text hold bits that nobody reads.
    const rewritten = { ...sealed, key: `${sealed.key.slice(0, -1)}${String.fromCharCode(sealed.key.charCodeAt(sealed.key.length - 1) + 1)}` }
    expect(await office.handlers['screen.unlock']({ secret: rewritten }, caller)).toMatchObject({ ok: false, error: { code: 'books.secret-unreadable' } })
    expect(office.gate.isShut).toBe(true)
  })

  it('change their passphrase only for somebody who knows the old one', async () => {
    const office = await start({ secret: passphrase })
    const next = () => office.seal('another long passphrase', 'keys.passphrase next')
    const change = async (old: string | null) =>
      office.handlers['keys.passphrase']({ old: old === null ? null : await office.seal(old, 'keys.passphrase old'), next: await next() }, caller)
    expect(await change(null)).toMatchObject({ error: { code: 'books.secret-wrong' } })
    expect(await change(passphrase)).toMatchObject({ ok: true })
    await stop(office)
    const reopened = await start({ secret: 'another long passphrase' })
    expect(reopened.status().state).toBe('open')
  })

  it('survive a change of keys: what was written before and after is one chain', async () => {
    const first = await start({ secret: passphrase })
    expect(await first.handlers['keys.rotate']({}, caller)).toMatchObject({ ok: true, value: { epoch: 2 } })
    await stop(first)
    const second = await start({ secret: passphrase })
    const expected = ['books.created', 'engine.started', 'keys.rotated', 'books.closed', 'engine.started']
    await vi.waitFor(async () => expect((await kinds(second)).filter((kind) => !kind.startsWith('alert'))).toEqual(expected))
    expect(await second.handlers['audit.verify']({ file: null }, caller)).toMatchObject({ ok: true, value: { ok: true } })
    const alerts = await second.handlers['alerts.open']({}, caller)
    expect(alerts.ok && alerts.value.alerts.map(({ rule }) => rule)).not.toContain('books-rebuilt')
  })
})

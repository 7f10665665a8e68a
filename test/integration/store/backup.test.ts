import {
  existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { drillRestore, listBackups, makeBackup, removeBackup, restoreBackup } from '../../../src-main/store/backup/index.ts'
import { createHaltLatchFile } from '../../../src-main/store/index.ts'
import { openJournal } from '../../../src-main/store/journal/index.ts'
import { createVault, openVault } from '../../../src-main/store/vault/index.ts'
import { MemoryKeychain } from '../../unit/store/vault/memory-keychain.ts'
import { mountSmallFilesystem } from '../../fixtures/small-filesystem.ts'
import { append, limits, newBooks, newFolder, passphrase, passphraseText, recordsIn } from './books-folder.ts'
import { now, backedUp, restored, backUp, withRestored } from './backup-desk.ts'

describe('a backup', () => {
  test('brings back every record, the settings and the halt, and says so in the journal', async () => {
    const books = await newBooks(900)
    const before = await recordsIn(books.folder, books.vault.journalKeys(), books.vault.vaultId)
    const made = backedUp(await backUp(books))
    expect(basename(made.file)).toBe(`ballast-2026-11-21T13-45-00Z-${books.vault.vaultId.slice(0, 8)}-${books.vault.instanceId.slice(0, 8)}.backup`)
    expect(readdirSync(books.backups)).toEqual([basename(made.file)])
    expect(made).toMatchObject({ records: 900, verified: true, bytes: statSync(made.file).size })
    expect(made.sha256).toBe(createHash('sha256').update(readFileSync(made.file)).digest('hex'))
    expect(statSync(made.file).mode & 0o777).toBe(0o600)

    const into = join(newFolder(), 'home', 'profiles', 'paper')
    mkdirSync(join(into, '..'), { recursive: true })
    const found = restored(await restoreBackup({ from: made.file, into, secret: passphrase(), now: now + 5 }))
    expect(found).toMatchObject({ into, records: 900, backupHead: made.head, backupAt: now, sha256: made.sha256, protection: 'passphrase' })
    expect(readdirSync(join(into, '..'))).toEqual(['paper'])
    expect(readFileSync(join(into, 'settings.yaml'), 'utf8')).toBe('# of my own\nbase: EUR\n')
    expect(createHaltLatchFile(into, () => undefined).read()).toMatchObject({ mode: 'halted', actor: 'cli' })
    await withRestored(into, async (vault) => {
      expect(vault.epochs).toBe(2)
      const after = await recordsIn(into, vault.journalKeys(), vault.vaultId)
      expect(after.slice(0, 900)).toEqual(before)
      expect(after).toHaveLength(901)
      expect(JSON.parse(after[900] ?? '')).toEqual({
        sequence: 901, kind: 'books.restored', at: now + 5,
        body: { from: basename(made.file), backupAt: now, sha256: made.sha256, head: { ...made.head } },
      })
      expect(await vault.readAnchor()).toEqual({ ok: true, head: found.head, from: 'file' })
      expect(vault.journalKeys().keyOf(1)).toEqual(books.vault.journalKeys().keyOf(1))
    })
  }, 60_000)

  test('can be continued by the real journal after it was restored', async () => {
    const books = await newBooks(10)
    const made = backedUp(await backUp(books))
    const into = join(newFolder(), 'paper')
    const found = restored(await restoreBackup({ from: made.file, into, secret: passphrase(), now }))
    await withRestored(into, async (vault) => {
      const opened = await openJournal({
        folder: join(into, 'journal'), keys: vault.journalKeys(), journalId: vault.vaultId, knownDurable: [found.head],
        threadEntry: new URL('../../../src-main/journal-thread.ts', import.meta.url), limits,
      })
      if (!opened.ok) throw new Error(opened.trouble.kind)
      const appended = opened.journal.append({ kind: 'engine.started', at: now, body: {} })
      expect(appended).toEqual({ ok: true, sequence: 12 })
      expect(await opened.journal.whenDurable(12)).toBe('durable')
      expect((await opened.journal.close()).ok).toBe(true)
    })
  })

  test('holds books of several epochs, and opens by the recovery code', async () => {
    const books = await newBooks(50)
    const code = await books.vault.addRecoveryCode()
    await books.vault.rotate()
    await append(books, 50)
    await books.vault.rotate()
    await append(books, 50)
    const made = backedUp(await backUp(books))
    if (!code.ok) throw new Error('expected a code')
    const into = join(newFolder(), 'paper')
    restored(await restoreBackup({ from: made.file, into, secret: code.code, now }))
    await withRestored(into, async (vault) => {
      expect(vault.epochs).toBe(4)
      expect(vault.slots).toEqual(['passphrase', 'recovery'])
      expect(await recordsIn(into, vault.journalKeys(), vault.vaultId)).toHaveLength(151)
    })
  })

  test('gives a key to a keychain that answers, and opens by the secret without one all the same', async () => {
    const made = backedUp(await backUp(await newBooks(3)))
    const [into, keychain] = [join(newFolder(), 'paper'), new MemoryKeychain()]
    expect(restored(await restoreBackup({ from: made.file, into, secret: passphrase(), keychain, now })).protection).toBe('keychain')
    const opened = await openVault({ folder: into, keychain })
    if (!opened.ok) throw new Error(opened.trouble.kind)
    expect(opened.vault.slots).toEqual(['keychain', 'passphrase'])
    opened.vault.dispose()
    await withRestored(into, (vault) => Promise.resolve(expect(vault.epochs).toBe(2)))
    const locked = new MemoryKeychain()
    locked.trouble = { kind: 'keychain-locked', detail: '' }
    const second = join(newFolder(), 'paper')
    expect(restored(await restoreBackup({ from: made.file, into: second, secret: passphrase(), keychain: locked, now }))).toMatchObject({
      protection: 'passphrase', keychainTrouble: locked.trouble,
    })
  })

  test('restored beside the first books on one computer has an anchor and tokens of its own', async () => {
    const [folder, keychain] = [newFolder(), new MemoryKeychain()]
    const created = await createVault({ folder, keychain, protection: { kind: 'keychain' } })
    if (!created.ok) throw new Error(created.trouble.kind)
    await created.vault.addPassphrase(passphrase())
    await append({ folder, vault: created.vault }, 5)
    const head = { sequence: 5, mac: 'cd'.repeat(32) }
    await created.vault.keepAnchor(head)
    const made = backedUp(await makeBackup({ vault: created.vault, folder, into: newFolder(), now }))
    const into = join(newFolder(), 'second')
    restored(await restoreBackup({ from: made.file, into, secret: passphrase(), keychain, now }))
    expect(await created.vault.readAnchor()).toEqual({ ok: true, head, from: 'keychain' })
    created.vault.dispose()
  })

  test('is not made of a vault that could not be opened elsewhere', async () => {
    const [folder, into] = [newFolder(), newFolder()]
    const created = await createVault({ folder, keychain: new MemoryKeychain(), protection: { kind: 'keychain' } })
    if (!created.ok) throw new Error(created.trouble.kind)
    await append({ folder, vault: created.vault }, 1)
    expect(await makeBackup({ vault: created.vault, folder, into, now })).toEqual({ ok: false, trouble: { kind: 'no-recovery-slot' } })
    expect(readdirSync(into)).toEqual([])
    created.vault.dispose()
  })

  test('is not made of a journal that is damaged, and leaves nothing', async () => {
    const books = await newBooks(600)
    const path = join(books.folder, 'journal', '00000001.seg')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000)
    writeFileSync(path, bytes)
    const making = await backUp(books)
    expect(making).toMatchObject({ ok: false, trouble: { kind: 'journal-unreadable', trouble: { kind: 'damaged', reason: 'frame', segment: 1 } } })
    expect(readdirSync(books.backups)).toEqual([])
  })

  test('is not made of the journal of other books', async () => {
    const [one, other] = [await newBooks(5), await newBooks(5)]
    renameSync(join(one.folder, 'journal'), join(one.folder, 'own'))
    renameSync(join(other.folder, 'journal'), join(one.folder, 'journal'))
    const making = await backUp(one)
    expect(making).toMatchObject({ ok: false, trouble: { kind: 'journal-unreadable' } })
    expect(readdirSync(one.backups)).toEqual([])
  })

  test('is not begun where its bytes twice and two segments find no room', async () => {
    const books = await newBooks(900)
    const outcomes: string[] = []
    const stages: string[] = []
    for (const bytes of [64 * 1024, 640 * 1024, 3 * 1024 * 1024]) {
      const disk = await mountSmallFilesystem(bytes)
      try {
        const making = await makeBackup({ vault: books.vault, folder: books.folder, into: disk.folder, now, onProgress: ({ stage }) => stages.push(stage) })
        outcomes.push(making.ok ? 'made' : making.trouble.kind)
        if (!making.ok) expect(stages).toEqual([])
        expect(readdirSync(disk.folder)).toHaveLength(making.ok ? 1 : 0)
      } finally {
        disk.remove()
      }
    }
    expect(outcomes).toEqual(['disk-full', 'disk-full', 'made'])
  })

  test.each(['copying', 'writing', 'verifying'] as const)('is not made on a disk that somebody fills up while it is %s, and leaves nothing there', async (when) => {
    const books = await newBooks(900)
    const disk = await mountSmallFilesystem(3 * 1024 * 1024)
    const filling = join(disk.folder, 'of-somebody-else')
    try {
      const making = await makeBackup({
        vault: books.vault, folder: books.folder, into: disk.folder, now,
        onProgress: ({ stage }) => {
          if (stage !== when || existsSync(filling)) return
          const { bavail, bsize } = statfsSync(disk.folder)
          writeFileSync(filling, Buffer.alloc(bavail * bsize))
        },
      })
      expect(making).toEqual({ ok: false, trouble: { kind: 'disk-full' } })
      expect(readdirSync(disk.folder)).toEqual(['of-somebody-else'])
    } finally {
      rmSync(filling, { force: true })
      disk.remove()
    }
  })

  test('of restored books is told apart from one of the first, which stays as it is', async () => {
    const books = await newBooks(5)
    const first = backedUp(await backUp(books))
    const into = join(newFolder(), 'paper')
    restored(await restoreBackup({ from: first.file, into, secret: passphrase(), now }))
    await withRestored(into, async (vault) => {
      expect(vault.vaultId).toBe(books.vault.vaultId)
      expect(await listBackups(vault, books.backups)).toEqual([])
      const drill = { vault, backups: books.backups, scratch: newFolder(), now: (): number => now }
      expect(await drillRestore(drill)).toMatchObject({ ok: false, trouble: { kind: 'no-backup' } })
      const second = backedUp(await makeBackup({ vault, folder: into, into: books.backups, now }))
      expect(await listBackups(vault, books.backups)).toMatchObject([{ name: basename(second.file) }])
      expect(await listBackups(books.vault, books.backups)).toMatchObject([{ name: basename(first.file) }])
      expect(existsSync(first.file)).toBe(true)
      expect(await drillRestore(drill)).toMatchObject({ ok: true, from: second.file, records: 6 })
      await expect(removeBackup(vault, books.backups, basename(first.file))).rejects.toThrow('of this owner')
    })
  }, 60_000)

  test('holds no key and no record in the clear', async () => {
    const books = await newBooks(0)
    await append(books, 3, 'a-note-to-be-looked-for')
    const bytes = readFileSync(backedUp(await backUp(books)).file)
    for (const needle of ['a-note-to-be-looked-for', 'of my own', 'command.taken', passphraseText]) expect(bytes.includes(needle)).toBe(false)
    for (const key of books.vault.exportDataKeys()) {
      expect(bytes.includes(key)).toBe(false)
      expect(bytes.includes(key.toString('hex'))).toBe(false)
      expect(bytes.includes(key.toString('base64'))).toBe(false)
    }
  })

  test('is whole although a writer appends all the while', async () => {
    const books = await newBooks(200)
    const opened = await openJournal({
      folder: join(books.folder, 'journal'), keys: books.vault.journalKeys(), journalId: books.vault.vaultId,
      threadEntry: new URL('../../../src-main/journal-thread.ts', import.meta.url), limits,
    })
    if (!opened.ok) throw new Error(opened.trouble.kind)
    const { journal } = opened
    const writing = setInterval(() => {
      for (let index = 0; index < 20; index += 1) journal.append({ kind: 'command.taken', at: now, body: { note: 'y'.repeat(500) } })
    }, 1)
    try {
      for (let round = 0; round < 5; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        const upTo = journal.durable
        const made = backedUp(await makeBackup({ vault: books.vault, folder: books.folder, into: books.backups, now: now + round * 1_000, upTo }))
        expect(made.records).toBe(upTo)
        expect(made.head.sequence).toBe(upTo)
      }
      expect(journal.durable).toBeGreaterThan(400)
    } finally {
      clearInterval(writing)
      await journal.close()
    }
    expect(await listBackups(books.vault, books.backups)).toHaveLength(5)
  }, 60_000)

  test('is stopped at any of its stages without leaving anything', async () => {
    const books = await newBooks(600)
    for (const stage of ['copying', 'writing', 'verifying'] as const) {
      const stop = new AbortController()
      const making = await makeBackup({
        vault: books.vault, folder: books.folder, into: books.backups, now, signal: stop.signal,
        onProgress: (progress) => {
          if (progress.stage === stage) stop.abort()
        },
      })
      expect(making).toEqual({ ok: false, trouble: { kind: 'stopped' } })
      expect(readdirSync(books.backups)).toEqual([])
    }
  })

  test('tells how far it is', async () => {
    const books = await newBooks(600)
    const seen: string[] = []
    let last = 0
    await makeBackup({
      vault: books.vault, folder: books.folder, into: books.backups, now,
      onProgress: ({ stage, bytesDone, bytesTotal }) => {
        seen.push(stage)
        expect(bytesDone).toBeLessThanOrEqual(bytesTotal)
        if (stage === 'verifying') last = bytesDone / bytesTotal
      },
    })
    expect([...new Set(seen)]).toEqual(['copying', 'writing', 'verifying'])
    expect(last).toBe(1)
  })
})

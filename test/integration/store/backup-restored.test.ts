import { spawn } from 'node:child_process'
import {
  existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { drillRestore, makeBackup, restoreBackup } from '../../../src-main/store/backup/index.ts'
import type { RestoreTrouble } from '../../../src-main/store/backup/index.ts'
import { Secret } from '../../../src-main/store/vault/index.ts'
import { KeychainHome } from '../../fixtures/with-keychain.ts'
import { mountSmallFilesystem } from '../../fixtures/small-filesystem.ts'
import { append, codeBooks, newBooks, newFolder, passphrase, passphraseText } from './books-folder.ts'
import { now, backedUp, restored, troubleOf, backUp } from './backup-desk.ts'

describe('a backup that is not as it was made', () => {
  test('is refused wherever a byte of it was changed, and nothing is left of the attempt', async () => {
    const { books, code } = await codeBooks(400)
    const made = backedUp(await backUp(books))
    const bytes = readFileSync(made.file)
    const home = newFolder()
    const into = join(home, 'paper')
    const headBytes = 16 + bytes.readUInt32BE(12)
    const inHead = Array.from({ length: headBytes - 1 }, (_each, index) => index)
    const inChunks = Array.from({ length: 40 }, (_each, index) => headBytes + Math.floor((index * (bytes.length - headBytes - 1)) / 39))
    for (const at of [...inHead, headBytes - 1, ...inChunks]) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 0x04, at)
      const from = join(home, 'changed.backup')
      writeFileSync(from, changed)
      const trouble = troubleOf(await restoreBackup({ from, into, secret: Secret.fromText(code), now }))
      expect(['backup-damaged', 'backup-newer', 'secret-wrong'], `byte ${at}`).toContain(trouble.kind)
      expect(readdirSync(home)).toEqual(['changed.backup'])
    }
  }, 180_000)

  test('is refused when it is cut off anywhere or has something after its end', async () => {
    const { books, code } = await codeBooks(30)
    const made = backedUp(await backUp(books))
    const bytes = readFileSync(made.file)
    const home = newFolder()
    const [into, from] = [join(home, 'paper'), join(home, 'cut.backup')]
    for (const length of [0, 7, 12, 15, 200, 1_200, bytes.length - 17, bytes.length - 1]) {
      writeFileSync(from, bytes.subarray(0, length))
      expect(troubleOf(await restoreBackup({ from, into, secret: Secret.fromText(code), now })).kind, `${length} bytes`).toBe('backup-damaged')
    }
    writeFileSync(from, Buffer.concat([bytes, Buffer.from('x')]))
    expect(troubleOf(await restoreBackup({ from, into, secret: Secret.fromText(code), now }))).toEqual({ kind: 'backup-damaged', reason: 'bytes-after-end' })
    expect(readdirSync(home)).toEqual(['cut.backup'])
  }, 60_000)

  test('is told apart from a file that is none and from one of a later format', async () => {
    const home = newFolder()
    const from = join(home, 'some.file')
    const attempt = async (): Promise<RestoreTrouble> => troubleOf(await restoreBackup({ from, into: join(home, 'paper'), secret: passphrase(), now }))
    expect(await attempt()).toEqual({ kind: 'backup-unreadable', detail: 'ENOENT' })
    writeFileSync(from, 'a letter to somebody, of some length')
    expect(await attempt()).toEqual({ kind: 'backup-damaged', reason: 'not-a-backup' })
    const later = Buffer.alloc(64)
    later.write('BALLASTB')
    later.writeUInt32BE(2, 8)
    writeFileSync(from, later)
    expect(await attempt()).toEqual({ kind: 'backup-newer', format: 2 })
  })
})

describe('a restore', () => {
  test('refuses a wrong secret and a mistyped code', async () => {
    const books = await newBooks(2)
    const code = await books.vault.addRecoveryCode()
    const made = backedUp(await backUp(books))
    const into = join(newFolder(), 'paper')
    expect(troubleOf(await restoreBackup({ from: made.file, into, secret: Secret.fromText('nine lives of a lodger'), now }))).toEqual({ kind: 'secret-wrong' })
    const text = code.ok ? code.code.withBytes((bytes) => bytes.toString()) : ''
    const mistyped = text.replace(/^./, (character) => (character === '7' ? '8' : '7'))
    expect(troubleOf(await restoreBackup({ from: made.file, into, secret: Secret.fromText(mistyped), now }))).toEqual({ kind: 'secret-wrong', hint: 'mistyped-code' })
    expect(existsSync(into)).toBe(false)
  })

  test('touches no profile that has something in it', async () => {
    const made = backedUp(await backUp(await newBooks(2)))
    const into = newFolder()
    writeFileSync(join(into, 'vault.json'), 'mine')
    expect(troubleOf(await restoreBackup({ from: made.file, into, secret: passphrase(), now }))).toEqual({ kind: 'target-not-empty', names: ['vault.json'] })
    expect(readFileSync(join(into, 'vault.json'), 'utf8')).toBe('mine')
  })

  test('onto a full disk leaves nothing there', async () => {
    const books = await newBooks(900)
    const made = backedUp(await backUp(books))
    const disk = await mountSmallFilesystem(300 * 1024)
    try {
      expect(troubleOf(await restoreBackup({ from: made.file, into: join(disk.folder, 'paper'), secret: passphrase(), now }))).toEqual({ kind: 'disk-full' })
      expect(readdirSync(disk.folder)).toEqual([])
    } finally {
      disk.remove()
    }
  })

  test('that is killed leaves no profile', async () => {
    const books = await newBooks(3_000)
    const made = backedUp(await backUp(books))
    const home = newFolder()
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../fixtures/restore-slowly.ts'), made.file, join(home, 'paper'), passphraseText], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    expect(existsSync(join(home, 'paper'))).toBe(false)
    expect(readdirSync(home)).not.toEqual([])
    restored(await restoreBackup({ from: made.file, into: join(home, 'paper'), secret: passphrase(), now }))
    expect(readdirSync(home)).toEqual(['paper'])
  }, 60_000)

  test('needs nothing but the file and the code: no keychain, an empty home, nothing of the first computer', async () => {
    const { books, code } = await codeBooks(700)
    const made = backedUp(await backUp(books))
    const home = new KeychainHome()
    try {
      const carried = join(home.folder, 'carried.backup')
      renameSync(made.file, carried)
      rmSync(books.folder, { recursive: true })
      const program = join(import.meta.dirname, '../../fixtures/restore-on-nothing.ts')
      const { stdout, stderr } = await home.run('no-bus', program, carried, join(home.folder, 'home/profiles/paper'), code)
      expect(stderr).toBe('')
      expect(JSON.parse(stdout)).toEqual({ ok: true, records: 701, protection: 'passphrase', keychainTrouble: 'keychain-absent', lastKind: 'books.restored' })
    } finally {
      home.remove()
    }
  }, 60_000)
})

describe('a drill', () => {
  test('restores the newest backup for good and leaves nothing', async () => {
    const books = await newBooks(100)
    const first = backedUp(await backUp(books))
    await append(books, 20)
    const second = backedUp(await makeBackup({ vault: books.vault, folder: books.folder, into: books.backups, now: now + 60_000 }))
    const scratch = newFolder()
    const drill = await drillRestore({ vault: books.vault, backups: books.backups, scratch, now: () => now })
    expect(drill).toMatchObject({ ok: true, from: second.file, records: 120, head: second.head, at: now, backupAt: now + 60_000 })
    expect(drill.ok && drill.restoreMs).toBeGreaterThan(0)
    expect(readdirSync(scratch)).toEqual([])
    const bySecret = await drillRestore({ vault: books.vault, backups: books.backups, scratch, secret: passphrase(), now: () => now })
    expect(bySecret.ok).toBe(true)
    truncateSync(second.file, second.bytes - 1)
    expect(await drillRestore({ vault: books.vault, backups: books.backups, scratch, now: () => now })).toMatchObject({ ok: false, from: second.file, trouble: { kind: 'backup-damaged' } })
    expect(existsSync(first.file)).toBe(true)
    expect(readdirSync(scratch)).toEqual([])
  }, 60_000)

  test('removes what a drill left that was killed long ago, and not what one left that may still run', async () => {
    const books = await newBooks(5)
    backedUp(await backUp(books))
    const scratch = newFolder()
    for (const name of ['.ballast-drill-0001', '.ballast-drill-0002', 'other']) mkdirSync(join(scratch, name, 'journal'), { recursive: true })
    for (const name of ['.ballast-drill-0001', 'other']) utimesSync(join(scratch, name), now / 1_000 - 7 * 3_600, now / 1_000 - 7 * 3_600)
    utimesSync(join(scratch, '.ballast-drill-0002'), now / 1_000 - 3_600, now / 1_000 - 3_600)
    expect(await drillRestore({ vault: books.vault, backups: books.backups, scratch, now: () => now })).toMatchObject({ ok: true })
    expect(readdirSync(scratch).toSorted()).toEqual(['.ballast-drill-0002', 'other'])
  })

  test('is not begun where the books and two segments find no room', async () => {
    const books = await newBooks(5)
    backedUp(await backUp(books))
    const disk = await mountSmallFilesystem(24 * 1024 * 1024)
    try {
      const drill = await drillRestore({ vault: books.vault, backups: books.backups, scratch: disk.folder, now: () => now })
      expect(drill).toMatchObject({ ok: false, trouble: { kind: 'disk-full' } })
      expect(readdirSync(disk.folder)).toEqual([])
    } finally {
      disk.remove()
    }
  })

  test('says that there is no backup, and that one is not of this vault', async () => {
    const books = await newBooks(1)
    const drill = { vault: books.vault, backups: books.backups, scratch: newFolder(), now: (): number => now }
    expect(await drillRestore(drill)).toEqual({ ok: false, at: now, trouble: { kind: 'no-backup' } })
    const other = await newBooks(1)
    const made = backedUp(await backUp(other))
    renameSync(made.file, join(books.backups, `ballast-2026-11-21T13-45-00Z-${books.vault.vaultId.slice(0, 8)}-${books.vault.instanceId.slice(0, 8)}.backup`))
    expect(await drillRestore(drill)).toMatchObject({ ok: false, trouble: { kind: 'not-this-vault' } })
  })
})

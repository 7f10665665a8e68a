import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, it, vi } from 'vitest'
import { bytesBelow, InstalledBallast, quietSettings } from './installed-ballast.ts'

/**
 * Secrets that are like no other text go in at every edge; then everything that the program wrote, sent or said is searched
 * for them, plainly and as they might be disguised.
 */
const secrets = {
  passphrase: 'zebra-quokka passphrase 7431 ñ',
  nextPassphrase: 'wombat-ocelot passphrase 9052 ü',
  wrongPassphrase: 'axolotl-tapir passphrase 1187 é',
  telegramToken: '7716253409:PlantedTelegramTokenXq8ZkLmW3vRtYbNc',
  webhookKey: 'planted-webhook-key-hV5tG2nQ8sKd',
  webhookUrlKey: 'planted-url-key-mJ4wP9xE6zRb',
} as const

const installed = new InstalledBallast({ env: { NODE_OPTIONS: `--import ${new URL('../../fixtures/nobody-outside.mjs', import.meta.url).href}` } })
const bodies: string[] = []
const frames: string[] = []
const pages: string[] = []
const processLines: string[] = []
let server: Server

afterAll(async () => {
  server?.close()
  await installed.dispose()
})

/** A receiver that fails at first, so that the words about failures are searched too. */
async function receiver(): Promise<number> {
  let asked = 0
  server = createServer((request, response) => {
    bodies.push(JSON.stringify(request.headers))
    request.on('data', (part) => bodies.push(String(part)))
    request.on('end', () => {
      response.statusCode = ++asked === 1 ? 500 : 200
      response.end(asked === 1 ? `no: ${request.url}` : '{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const noteProcesses = (): void => void processLines.push(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8', maxBuffer: 2 ** 26 }))

/** The processes of this installation, and what of their environment names a secret: only where a secret's file is. */
function noteEnvironments(root: number): void {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = new Map(all.map((pid) => [pid, /^\d+ \(.*\) \S (\d+)/s.exec(tryRead(`/proc/${pid}/stat`))?.[1]]))
  const isOurs = (pid: string | undefined): boolean => pid === String(root) || (pid !== undefined && pid !== '1' && parents.has(pid) && isOurs(parents.get(pid)))
  for (const pid of all.filter(isOurs)) processLines.push(tryRead(`/proc/${pid}/environ`))
}

const tryRead = (file: string): string => {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    // It ended meanwhile.
    return ''
  }
}

/** As it is, and in every form in which something like it gets into a text by mistake. */
function disguises(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '')
    // The edges depend on what is around it.
    return shifted.slice(shift === 0 ? 0 : 4, -2)
  })
  const texts = [
    secret, encodeURIComponent(secret), encodeURI(secret), JSON.stringify(secret).slice(1, -1), bytes.toString('hex'), bytes.toString('hex').toUpperCase(),
    ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')), [...bytes].join(','),
  ]
  return [...new Set(texts)].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
}

interface Found {
  readonly secret: string
  readonly where: string
}

function search(places: ReadonlyMap<string, Buffer>, wanted: Readonly<Record<string, string>>): readonly Found[] {
  return Object.entries(wanted).flatMap(([secret, text]) => {
    const forms = disguises(text)
    return [...places].flatMap(([where, bytes]) => (forms.some((form) => bytes.includes(form)) ? [{ secret, where }] : []))
  })
}

function everything(): Map<string, Buffer> {
  const places = new Map(bytesBelow(installed.home))
  installed.words.forEach(({ argv, stdout, stderr }, index) => {
    places.set(`stdout of ${index} ${argv.join(' ')}`, Buffer.from(stdout))
    places.set(`stderr of ${index} ${argv.join(' ')}`, Buffer.from(stderr))
  })
  places.set('frames', Buffer.from(frames.join('\n')))
  places.set('pages', Buffer.from(pages.join('\n')))
  places.set('webhook', Buffer.from(bodies.join('\n')))
  places.set('processes', Buffer.from(processLines.join('\n'), 'latin1'))
  return places
}

it('no secret is in any file, word, frame, page, alert, address or process list', async () => {
  const port = await receiver()
  writeFileSync(installed.file('settings.yaml'), quietSettings)
  // No keychain here, so the passphrase makes the books; by descriptor, as it never is an argument.
  const serving = await installed.start('serve', ['--passphrase-fd', '3'], secrets.passphrase)
  const address = JSON.parse(serving.said.stdout) as { readonly port: number; readonly url: string }
  const screen = await installed.connect((text) => frames.push(text))
  for (const name of ['books.watch', 'alerts.watch', 'settings.watch', 'health.watch', 'engine.watch', 'engine.events'] as const) {
    screen.watch(name as 'books.watch', {}, { snapshot: () => undefined, delta: () => undefined } as never)
  }
  const settings = await installed.ask(screen, 'settings.read', {})
  await installed.ask(screen, 'settings.change', {
    revision: settings.revision,
    changes: [
      { path: 'alerts.webhook.url', value: `http://127.0.0.1:${port}/hook?key=${secrets.webhookUrlKey}` },
      { path: 'alerts.telegram.chatId', value: '4711' },
      { path: 'log.level', value: 'trace' },
    ],
  })
  const set = async (argv: readonly string[], fd3: string): Promise<void> => {
    const running = installed.ballast([...argv, '--passphrase-fd', '3', '--json'], { fd3 })
    await wait(150)
    noteProcesses()
    const { exitCode, stdout, stderr } = await running
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' })
  }
  await set(['secret', 'set', 'telegram-token'], secrets.telegramToken)
  await set(['secret', 'set', 'webhook-key'], secrets.webhookKey)
  noteEnvironments(serving.child.pid ?? 0)
  // The one place where a code is printed is what was asked for; it counts as a secret everywhere else.
  const printed = await installed.ballast(['keys', 'recovery-code', '--json'], {
    env: { BALLAST_PASSPHRASE_FILE: installed.secretFile(secrets.passphrase) },
  })
  const { code } = JSON.parse(printed.stdout) as { readonly code: string }
  const telling = installed.words.at(-1)
  if (telling !== undefined) telling.stdout = telling.stdout.replace(code, '')
  const wanted = { ...secrets, recoveryCode: code, bareCode: code.replaceAll('-', '') }

  // A change of passphrase, by file and by descriptor; then wrong ones, and what is no passphrase at all.
  const changed = await installed.ballast(['keys', 'passphrase', '--new-fd', '3', '--json'], {
    fd3: secrets.nextPassphrase, env: { BALLAST_PASSPHRASE_FILE: installed.secretFile(secrets.passphrase) },
  })
  expect(changed).toMatchObject({ exitCode: 0, stderr: '' })
  await installed.ask(screen, 'screen.lock', {})
  const wrong = await installed.ballast(['unlock', '--passphrase-fd', '3'], { fd3: secrets.wrongPassphrase })
  expect(wrong.exitCode).toBe(3)
  const back = await installed.ballast(['unlock'], { env: { BALLAST_PASSPHRASE_FILE: installed.secretFile(secrets.nextPassphrase) } })
  expect(back.exitCode).toBe(0)
  const refused = await installed.ballast(['secret', 'set', secrets.telegramToken.slice(0, 4), '--json'])
  expect(refused.exitCode).toBe(2)
  expect((await screen.call('setting.nonsense' as 'settings.read', { secret: secrets.webhookKey } as never)).ok).toBe(false)

  // Addresses that are refused, over the line and in the file: what is said of them does not repeat them.
  const now = await installed.ask(screen, 'settings.read', {})
  const wrongAddress = `ftp://127.0.0.1/hook?key=${secrets.webhookUrlKey}`
  expect(await screen.call('settings.change', { revision: now.revision, changes: [{ path: 'alerts.webhook.url', value: wrongAddress }] })).toMatchObject({
    ok: false, error: { code: 'setting.refused' },
  })
  const goodSettings = readFileSync(installed.file('settings.yaml'), 'utf8')
  writeFileSync(installed.file('settings.yaml'), goodSettings.replace(/http:.*hook/, 'ftp://127.0.0.1/hook'))
  await vi.waitFor(async () => {
    const { alerts } = await installed.ask(screen, 'alerts.open', {})
    expect(alerts.map(({ rule }) => rule)).toContain('settings-bad')
  }, { timeout: 8_000 })
  writeFileSync(installed.file('settings.yaml'), goodSettings)

  await installed.ask(screen, 'alerts.test', {})
  await vi.waitFor(() => expect(bodies.join()).toContain('"rule":"test"'), { timeout: 15_000 })
  pages.push(await (await fetch(`http://localhost:${address.port}/metrics`)).text())
  expect(pages.join()).toContain('ballast_')
  await installed.ask(screen, 'backup.make', { out: null })
  await installed.ask(screen, 'drill.restore', {})
  await installed.ask(screen, 'audit.recent', { before: null, limit: 500, correlation: null })
  await installed.ask(screen, 'keys.rotate', {})

  // A crash, and books that wait for their passphrase.
  const engine = installed.enginePid(serving)
  process.kill(engine, 'SIGKILL')
  await vi.waitFor(async () => {
    expect(installed.enginePid(serving)).not.toBe(engine)
    expect(await screen.call('books.status', {}, { timeoutMs: 1_000 })).toMatchObject({ ok: true })
  }, { timeout: 15_000, interval: 100 })
  noteProcesses()
  noteEnvironments(serving.child.pid ?? 0)
  await installed.stop(serving)
  const byFile = await installed.ballast(['run', '--port', '0'], { env: { BALLAST_PASSPHRASE_FILE: installed.secretFile(secrets.wrongPassphrase) } })
  expect(byFile.exitCode).toBe(3)
  // What is encrypted in the files is searched as its reader sees it.
  const tail = await installed.ballast(['audit', 'tail', '--lines', '500', '--json', '--passphrase-fd', '3'], { fd3: secrets.nextPassphrase })
  expect(tail.stdout).toContain('keys.secret-kept')

  const places = everything()
  expect(places.size).toBeGreaterThan(20)
  for (const name of ['vault.json', 'vault.secrets', 'books.db', 'settings.yaml']) expect([...places.keys()].map((place) => basename(place))).toContain(name)
  expect([...places.keys()].filter((name) => /backups\/|logs\/|\.seg$/.test(name)).length).toBeGreaterThanOrEqual(3)
  expect(places.get('webhook')?.includes('x-ballast-signature')).toBe(true)
  expect(places.get('frames')?.includes('settings.change')).toBe(true)
  // The address is a setting that a person writes into the file; it may go to the program in that very change.
  const isMeant = ({ secret, where }: Found): boolean =>
    secret === 'webhookUrlKey' && /settings(\.last-good)?\.yaml$/.test(where)
  const sentChange = frames.filter((text) => text.includes(secrets.webhookUrlKey))
  expect(sentChange.map((text) => text.includes('"settings.change"'))).toEqual([true, true])
  places.set('frames', Buffer.from(frames.filter((text) => !sentChange.includes(text)).join('\n')))
  expect(search(places, wanted).filter((found) => !isMeant(found))).toEqual([])

  // The search itself finds what is there: each secret, in each disguise, in whatever is around it.
  for (const [name, text] of Object.entries(wanted)) {
    for (const form of disguises(text)) {
      const planted = new Map([['a log', Buffer.concat([Buffer.from('{"msg":"'), form, Buffer.from('"}')])]])
      expect(search(planted, { [name]: text })).toEqual([{ secret: name, where: 'a log' }])
    }
    for (const around of ['', 'x', 'xy', 'xyz']) {
      const planted = new Map([['an address', Buffer.from(Buffer.from(`${around}${text}${around}`).toString('base64url'))]])
      expect(search(planted, { [name]: text })).toHaveLength(1)
    }
  }
}, 90_000)


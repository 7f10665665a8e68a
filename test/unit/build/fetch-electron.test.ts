import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadBase, fetchElectron, probeDownload } from '../../../build/scripts/start/fetch-electron.ts'

let folder: string
let server: Server
let mirror: string
let isMute: boolean
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-fetch-'))
  isMute = false
  server = createServer((_request, response) => (isMute ? undefined : response.writeHead(404).end()))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  // A listening TCP server's address is an AddressInfo.
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const installer = (code: string): void => writeFileSync(join(folder, 'install.js'), code)

describe('fetching Electron', () => {
  it('asks the mirror that was named, npm’s word first', () => {
    expect(downloadBase({})).toContain('github.com/electron/electron')
    expect(downloadBase({ ELECTRON_MIRROR: 'https://a/' })).toBe('https://a/')
    expect(downloadBase({ ELECTRON_MIRROR: 'https://a/', npm_config_electron_mirror: 'https://b/' })).toBe('https://b/')
  })

  it('gives up quickly where nobody answers', async () => {
    isMute = true
    const began = performance.now()
    expect(await probeDownload(mirror, 100)).toMatchObject({ ok: false, reason: expect.stringMatching(/^Electron is not here yet and 127\.0\.0\.1:\d+ cannot be reached$/) })
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(await probeDownload('no address', 100)).toMatchObject({ ok: false })
  })

  it('runs the installer where somebody answers', async () => {
    installer(`require('node:fs').writeFileSync(__dirname + '/path.txt', 'electron')`)
    expect(await fetchElectron(folder, { ELECTRON_MIRROR: mirror })).toEqual({ ok: true })
  })

  it('tells the failure of the installer in one line', async () => {
    installer(`console.error('\\nError: checksum of electron.zip differs\\n    at here\\n    at there'); process.exit(1)`)
    expect(await fetchElectron(folder, { ELECTRON_MIRROR: mirror })).toEqual({
      ok: false,
      reason: 'Electron could not be fetched (Error: checksum of electron.zip differs)',
    })
  })

  it('does not run the installer where nobody answers', async () => {
    installer(`require('node:fs').writeFileSync(__dirname + '/path.txt', 'electron')`)
    expect(await fetchElectron(folder, { ELECTRON_MIRROR: 'http://127.0.0.1:1/' })).toMatchObject({ ok: false })
  })
})

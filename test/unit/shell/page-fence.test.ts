import { createServer, type Server } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtAssets, securityHeaders } from '../../../src-main/page/index.ts'
import { answersFromAssets, answersFromServer, isPage } from '../../../src-main/shell/page-fence.ts'

describe('the sender check', () => {
  it('knows the page by its exact origin', () => {
    expect(isPage({ parent: null, url: 'https://localhost/' })).toBe(true)
    expect(isPage({ parent: null, url: 'https://localhost/anything?a#b' })).toBe(true)
  })

  it.each([
    'http://localhost/', 'https://localhost:8443/', 'https://localhost.example.com/', 'https://example.com/#https://localhost/', 'about:blank',
    'https://user@localhost.example.com/', 'file:///localhost/', 'chrome-error://chromewebdata/', 'https://127.0.0.1/', '',
  ])('takes nothing from %s', (url) => {
    expect(isPage({ parent: null, url })).toBe(false)
  })

  it('takes nothing from a frame within the page', () => {
    expect(isPage({ parent: {} as never, url: 'https://localhost/' })).toBe(false)
  })

  it('takes nothing from a frame that is gone', () => {
    expect(isPage(null)).toBe(false)
    const disposed = {
      parent: null,
      get url(): string {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      },
    }
    expect(isPage(disposed)).toBe(false)
  })
})

describe('the answers to a window’s requests', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ballast-page-'))
    mkdirSync(join(folder, 'page/assets'), { recursive: true })
    writeFileSync(join(folder, 'page/index.html'), '<!doctype html>')
    writeFileSync(join(folder, 'page/assets/index-a1B2c3D4.js'), 'code')
    writeFileSync(join(folder, 'secret.txt'), 'secret')
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const ask = (url: string, init?: RequestInit): Promise<Response> => answersFromAssets(builtAssets(join(folder, 'page')))(new Request(url, init))

  it('are the built files, with every security header', async () => {
    const page = await ask('https://localhost/')
    expect(page.status).toBe(200)
    expect(await page.text()).toBe('<!doctype html>')
    expect(Object.fromEntries(page.headers)).toMatchObject({ ...securityHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    const script = await ask('https://localhost/assets/index-a1B2c3D4.js')
    expect(script.headers.get('cache-control')).toContain('immutable')
  })

  it.each(['https://example.com/', 'https://localhost:444/', 'http://localhost/', 'https://localhost.evil/', 'https://127.0.0.1/'])(
    'are 403 for %s',
    async (url) => {
      const refused = await ask(url)
      expect(refused.status).toBe(403)
      expect(refused.headers.get('content-security-policy')).toBe(securityHeaders['content-security-policy'])
    },
  )

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/missing', '/assets'])(
    'are 404 for %s',
    async (path) => {
      expect((await ask(`https://localhost${path}`)).status).toBe(404)
    },
  )

  it('are 405 for what would write', async () => {
    expect((await ask('https://localhost/', { method: 'POST', body: 'x' })).status).toBe(405)
  })
})

describe('the answers in development', () => {
  let server: Server
  const asked: string[] = []
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'text/javascript' }).end('served')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => server.close())

  it('come from the development server, for the page’s own origin alone', async () => {
    // A listening TCP server's address is an AddressInfo.
    const answers = answersFromServer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const own = await answers(new Request('https://localhost/@vite/client?t=1'))
    expect(await own.text()).toBe('served')
    expect(own.headers.get('content-type')).toBe('text/javascript')
    expect((await answers(new Request('https://example.com/'))).status).toBe(403)
    expect(asked).toEqual(['/@vite/client?t=1'])
  })
})

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const csp = "default-src 'none'; script-src 'self'; worker-src 'self'; frame-src *; connect-src *"
const types = { html: 'text/html', js: 'text/javascript' }
const files = ['index.html', 'page.js', 'worker.js']

/** Serves the page and refuses every other address there is. */
export function serveFixture(pages, origin) {
  pages.protocol.handle('https', async (request) => {
    const url = new URL(request.url)
    // Any page may read the refusal, so that a test can tell it from a network that is not there.
    if (url.origin !== origin) return new Response('blocked', { status: 403, headers: { 'access-control-allow-origin': '*' } })
    if (url.pathname === '/posted') return new Response(`${request.method} ${await request.text()}`)
    const name = url.pathname.slice(1) || 'index.html'
    if (!files.includes(name)) return new Response('not found', { status: 404 })
    const headers = { 'content-type': types[name.split('.').at(-1)], 'content-security-policy': csp }
    return new Response(await readFile(join(import.meta.dirname, name)), { headers })
  })
}

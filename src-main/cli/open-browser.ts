import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether a person could see a window that this process opens. */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/** The program that opens an address in the browser that the person chose. */
export function openerOf(platform: NodeJS.Platform): readonly [program: string, ...flags: string[]] {
  if (platform === 'darwin') return ['open']
  // `start` of the Windows shell would read the address as shell text.
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open']
}

/**
 * Never fails the one who asks: the address is printed anyway. What the opener is given stands in the list of processes for
 * all users of the computer, so it is the path of a small file that only its owner can read and that leads to the address.
 */
export function openBrowser(url: string, folder: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): void {
  if (!hasDisplay(env, platform)) return
  const page = join(folder, 'open.html')
  const [program, ...flags] = openerOf(platform)
  try {
    rmSync(page, { force: true })
    writeFileSync(page, redirectTo(url), { mode: 0o600, flag: 'wx' })
  } catch {
    return
  }
  const child = spawn(program, [...flags, page], { stdio: 'ignore', detached: true, env })
  child.on('error', () => undefined)
  child.unref()
}

const redirectTo = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Ballast</title><meta name="referrer" content="no-referrer"><script>location.replace(${JSON.stringify(url)})</script>\n`

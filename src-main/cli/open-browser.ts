import { spawn } from 'node:child_process'

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

/** Never fails the one who asks: the address is printed anyway. */
export function openBrowser(url: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): void {
  if (!hasDisplay(env, platform)) return
  const [program, ...flags] = openerOf(platform)
  const child = spawn(program, [...flags, url], { stdio: 'ignore', detached: true, env })
  child.on('error', () => undefined)
  child.unref()
}

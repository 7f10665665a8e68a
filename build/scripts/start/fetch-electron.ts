import { spawn } from 'node:child_process'
import { join } from 'node:path'

const probeMs = 5_000

/** The addresses that Electron's own installer would take, in its order. */
export function downloadBase(env: NodeJS.ProcessEnv): string {
  const names = ['npm_config_electron_mirror', 'NPM_CONFIG_ELECTRON_MIRROR', 'npm_package_config_electron_mirror', 'ELECTRON_MIRROR']
  return names.map((name) => env[name]).find(Boolean) ?? 'https://github.com/electron/electron/releases/download/'
}

export type Fetched = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Without the network the installer would try for minutes: one quick question first. */
export async function probeDownload(base: string, timeoutMs = probeMs): Promise<Fetched> {
  const host = URL.canParse(base) ? new URL(base).host : base
  try {
    await fetch(base, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    return { ok: true }
  } catch {
    return { ok: false, reason: `Electron is not here yet and ${host} cannot be reached` }
  }
}

/** Runs Electron's installer and shows that it is at work. */
export async function fetchElectron(folder: string, env: NodeJS.ProcessEnv): Promise<Fetched> {
  const probe = await probeDownload(downloadBase(env))
  if (!probe.ok) return probe
  const stopShowing = showWait('Fetching Electron, about 120 MB; this is done once')
  const { exitCode, output } = await runInstaller(folder, env)
  stopShowing()
  if (exitCode === 0) return { ok: true }
  const firstLine = output.split('\n').find((line) => line.trim() !== '')?.trim() ?? `exit code ${exitCode}`
  return { ok: false, reason: `Electron could not be fetched (${firstLine.slice(0, 200)})` }
}

function runInstaller(folder: string, env: NodeJS.ProcessEnv): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'], env })
    child.stderr.on('data', (text) => (output += String(text)))
    child.once('error', (error) => resolve({ exitCode: 1, output: error.message }))
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }))
  })
}

/** One line, which counts the seconds where a person is looking. */
function showWait(what: string): () => void {
  if (!process.stderr.isTTY) {
    process.stderr.write(`${what}.\n`)
    return () => undefined
  }
  const began = performance.now()
  const show = (): void => void process.stderr.write(`\r${what} (${Math.round((performance.now() - began) / 1_000)} s) `)
  show()
  const timer = setInterval(show, 1_000)
  return () => {
    clearInterval(timer)
    process.stderr.write('\n')
  }
}

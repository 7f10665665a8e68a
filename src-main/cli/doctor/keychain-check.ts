import { execFile } from 'node:child_process'
import { unwell, well, type Check, type Finding } from './check.ts'

/** What the session's bus says about a keychain; `cannot-ask` when no program is at hand that could ask it. */
export type SecretServiceSign = 'present' | 'absent' | 'cannot-ask'

export function judgeKeychain(platform: NodeJS.Platform, busAddress: string | undefined, service: SecretServiceSign): Finding {
  // Both systems bring a keychain that every session has.
  if (platform === 'darwin' || platform === 'win32') return well('cli.doctor.keychain.system')
  if (!busAddress) return unwell('warn', 'cli.doctor.keychain.no-bus', {}, 'cli.doctor.keychain.fix-bus')
  if (service === 'cannot-ask') return unwell('warn', 'cli.doctor.keychain.cannot-ask', {}, 'cli.doctor.keychain.fix-service')
  if (service === 'absent') return unwell('warn', 'cli.doctor.keychain.no-service', {}, 'cli.doctor.keychain.fix-service')
  return well('cli.doctor.keychain.ok')
}

const serviceName = 'org.freedesktop.secrets'
const bus = 'org.freedesktop.DBus'
const busPath = '/org/freedesktop/DBus'

/** Each of these can list the bus's names; which of them a system has differs. */
const askers = ['ListNames', 'ListActivatableNames'].flatMap((method): readonly Asker[] => [
  { program: 'busctl', flags: ['--user', 'call', bus, busPath, bus, method] },
  { program: 'dbus-send', flags: ['--session', '--print-reply', `--dest=${bus}`, busPath, `${bus}.${method}`] },
  { program: 'gdbus', flags: ['call', '--session', '--dest', bus, '--object-path', busPath, '--method', `${bus}.${method}`] },
])

interface Asker {
  readonly program: string
  readonly flags: readonly string[]
}

async function askBus(env: NodeJS.ProcessEnv): Promise<SecretServiceSign> {
  const answers = await Promise.all(askers.map((asker) => outputOf(asker, env)))
  const given = answers.filter((answer) => answer !== undefined)
  if (given.length === 0) return 'cannot-ask'
  return given.some((answer) => answer.includes(serviceName)) ? 'present' : 'absent'
}

function outputOf({ program, flags }: Asker, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...flags], { env, timeout: 2_000 }, (error, stdout) => resolve(error === null ? stdout : undefined))
  })
}

export const keychainCheck: Check = {
  name: 'keychain',
  gravity: 'warn',
  async examine({ env, platform }) {
    const busAddress = env['DBUS_SESSION_BUS_ADDRESS']
    const mustAsk = Boolean(busAddress) && platform !== 'darwin' && platform !== 'win32'
    return judgeKeychain(platform, busAddress, mustAsk ? await askBus(env) : 'cannot-ask')
  },
}

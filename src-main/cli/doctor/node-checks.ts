import { unwell, well, type Check, type Finding } from './check.ts'

/** The first Node that runs TypeScript as it is. */
const oldest = { major: 22, minor: 18 }

export function judgeNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isNewEnough = major > oldest.major || (major === oldest.major && minor >= oldest.minor)
  if (isNewEnough) return well('cli.doctor.node.ok', { version })
  return unwell('fail', 'cli.doctor.node.old', { version }, 'cli.doctor.node.fix')
}

export function judgePlatform(platform: string, arch: string): Finding {
  const isKnown = ['linux', 'darwin', 'win32'].includes(platform) && ['x64', 'arm64'].includes(arch)
  const parameters = { platform, arch }
  if (isKnown) return well('cli.doctor.platform.ok', parameters)
  return unwell('warn', 'cli.doctor.platform.unknown', parameters, 'cli.doctor.platform.fix')
}

export const nodeChecks: readonly Check[] = [
  { name: 'node', gravity: 'fail', examine: () => judgeNode(process.versions.node) },
  { name: 'platform', gravity: 'warn', examine: ({ platform }) => judgePlatform(platform, process.arch) },
]

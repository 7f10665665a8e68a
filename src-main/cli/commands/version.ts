import { z } from 'zod'
import { defineCommand, done } from '../command.ts'

export const version = defineCommand({
  name: 'version',
  summary: 'cli.version.summary',
  flags: {},
  output: z.strictObject({ version: z.string(), node: z.string(), platform: z.string(), arch: z.string() }),
  exitCodes: [0, 2],
  examples: ['ballast version', 'ballast --version'],
  run({ program }) {
    const { versions, platform, arch } = process
    return Promise.resolve(done({ version: program.version, node: versions.node, platform, arch }))
  },
  print: (value) => [`Ballast ${value.version}`],
})

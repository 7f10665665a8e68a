import type { MessageKey } from '../../src-preload/contract/text/index.ts'

interface Library {
  readonly name: string
  readonly what: MessageKey
  readonly licence: string
}

/** The libraries that Ballast stands on, and under which terms. The full texts are in the third-party notices. */
export const madeWith: readonly Library[] = [
  { name: 'Electron', what: 'screen.about.electron', licence: 'MIT' },
  { name: 'React', what: 'screen.about.react', licence: 'MIT' },
  { name: 'dockview', what: 'screen.about.dockview', licence: 'MIT' },
  { name: 'Lightweight Charts', what: 'screen.about.charts', licence: 'Apache 2.0' },
  { name: 'Radix UI', what: 'screen.about.radix', licence: 'MIT' },
  { name: 'Zustand', what: 'screen.about.zustand', licence: 'MIT' },
  { name: 'Zod', what: 'screen.about.zod', licence: 'MIT' },
  { name: 'better-sqlite3', what: 'screen.about.sqlite', licence: 'MIT' },
  { name: 'ws', what: 'screen.about.ws', licence: 'MIT' },
  { name: 'Inter', what: 'screen.about.inter', licence: 'OFL 1.1' },
  { name: 'JetBrains Mono', what: 'screen.about.mono', licence: 'OFL 1.1' },
]

import { stripVTControlCharacters } from 'node:util'

/** Names what failed in a runner's report, so that the end of a long log says it and nobody has to look for it above. */
interface VitestReport {
  readonly testResults?: readonly {
    readonly name: string
    readonly message?: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages?: readonly string[] }[]
  }[]
}

interface PlaywrightSuite {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly ok: boolean
    readonly tests: readonly { readonly results: readonly { readonly status: string; readonly error?: { readonly message?: string } }[] }[]
  }[]
}

const firstLine = (text: string | undefined): string => stripVTControlCharacters(text ?? '').split('\n')[0] ?? ''

const failedInVitest = (report: VitestReport): string[] =>
  (report.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    // A file that does not load has no tests to name.
    if (failed.length === 0) return message === undefined || message === '' ? [] : [`${name}: ${firstLine(message)}`]
    return failed.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages?.[0])}`)
  })

const failedInPlaywright = (suite: PlaywrightSuite): string[] => [
  ...(suite.specs ?? [])
    .filter(({ ok, tests }) => !ok && tests.some(({ results }) => results.some(({ status }) => status !== 'skipped')))
    .map(({ title, tests }) => {
      const error = tests.flatMap(({ results }) => results).find(({ status }) => status !== 'passed' && status !== 'skipped')?.error
      return `${suite.title} › ${title}: ${firstLine(error?.message)}`
    }),
  ...(suite.suites ?? []).flatMap(failedInPlaywright),
]

/** The reports are written by the runners that the suites name, so their shapes are taken as they are. */
export const failedTests = (kind: 'vitest' | 'playwright', report: unknown): readonly string[] =>
  kind === 'vitest' ? failedInVitest(report as VitestReport) : failedInPlaywright({ title: '', ...(report as Omit<PlaywrightSuite, 'title'>) })

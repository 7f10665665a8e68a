import type { FullResult, Reporter, TestCase, TestResult } from 'playwright/types/testReporter'

/** One character a test; failures in full. The counts are read from the JSON report. */
class TerseReporter implements Reporter {
  onTestEnd(test: TestCase, result: TestResult): void {
    const isGood = result.status === test.expectedStatus
    process.stdout.write(isGood ? '·' : 'x')
    if (isGood) return
    const problem = result.errors.map(({ stack, message }) => stack ?? message ?? '').join('\n')
    process.stdout.write(`\n${test.titlePath().filter(Boolean).join(' › ')}\n${problem}\n`)
  }

  onStdOut(): void {}

  onEnd(result: FullResult): void {
    process.stdout.write(`\n${result.status}\n`)
  }

  printsToStdio(): boolean {
    return true
  }
}

export default TerseReporter

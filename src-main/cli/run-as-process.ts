import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { patientWords } from '../supervisor/index.ts'
import type { Paper, Program, Signals, StopSignal } from './program.ts'
import { runCli } from './run-cli.ts'

const lastWordsMs = 1_000

/** Runs the command line as what this process is for, and ends the process. */
export async function runAsProcess(argv: readonly string[], program: Program): Promise<never> {
  const stdout = paperOf(process.stdout)
  const stderr = patientPaper()
  const { env, platform } = process
  const signals = listenToSignals()
  const asks = process.stdin.isTTY && process.stderr.isTTY ? { askSecret: askUnseen } : {}
  const exitCode = await runCli({ argv, env, platform, workingFolder: process.cwd(), stdout, stderr, signals, ...asks }, program)
  // A reader may be slow, and what was said must not be lost with the process.
  await Promise.all([stdout.settled(), stderr.settled()])
  process.exit(exitCode)
}

/** What is typed is not shown; Ctrl-C ends as always. */
async function askUnseen(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: new Writable({ write: (_chunk, _encoding, next) => next() }), terminal: true })
  reader.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  process.stderr.write(`${question} `)
  try {
    return await new Promise<string>((resolve) => reader.question('', resolve))
  } finally {
    process.stderr.write('\n')
    reader.close()
  }
}

const signalNumbers: Readonly<Record<StopSignal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

function listenToSignals(): Signals {
  const stops: ((signal: StopSignal) => void)[] = []
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stops.length === 0) process.exit(128 + signalNumbers[signal])
      for (const listener of stops) listener(signal)
    })
  }
  return {
    onStop: (listener) => void stops.push(listener),
    onHalt(listener) {
      // Windows has no such signal.
      if (process.platform !== 'win32') process.on('SIGUSR2', listener)
    },
  }
}

/** A reader of the notes that does not read must not hold up a halt, nor the end for long. */
function patientPaper(): Paper & { settled(): Promise<void> } {
  const words = patientWords()
  return {
    isTTY: process.stderr.isTTY,
    write: (text) => words.pass(Buffer.from(text)),
    settled: () => Promise.race([words.settled(), wait(lastWordsMs)]),
  }
}

/** Whoever reads may stop reading, as `head` does: what is left then is not trouble. */
function paperOf(stream: NodeJS.WriteStream): Paper & { settled(): Promise<void> } {
  let isGone = false
  stream.on('error', () => (isGone = true))
  return {
    isTTY: stream.isTTY,
    write: (text) => (isGone ? undefined : stream.write(text)),
    settled: () => (isGone ? Promise.resolve() : new Promise((resolve) => stream.write('', () => resolve()))),
  }
}

import pino, { type Logger } from 'pino'
import { LogFile, type LogFileState, type LogLimits, type OpensFile } from './log-file.ts'
import type { Retention } from './log-names.ts'
import { plainFields, shortText, type LogFields } from './plain-fields.ts'
import type { SecretRegister } from './secret-register.ts'

/**
 * What happened, as one line of JSON each. Messages are words of the source, whatever varies is a field.
 * Invariants: 1 only plain data passes, and nothing under a secret's name; 2 every line goes past the register of secrets on
 * its way out; 3 logging never waits, never throws, and never says that it did what it could not do: lost lines are counted.
 */
export interface Log {
  debug(area: string, message: string, fields?: LogFields): void
  info(area: string, message: string, fields?: LogFields): void
  warn(area: string, message: string, fields?: LogFields): void
  error(area: string, message: string, fields?: LogFields | { readonly error: unknown }): void
  /** The same log for everything that one command caused. */
  child(correlation: string): Log
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export interface OpenedLog extends Log {
  readonly state: LogFileState
  setLevel(level: LogLevel): void
  /** For how long and how much; from the next file on. */
  setRetention(retention: Retention): void
  flush(): Promise<void>
  /** Only for a process that is about to end. */
  flushNow(): void
  close(deadlineMs?: number): Promise<void>
}

export interface LogParts {
  readonly folder: string
  readonly secrets: SecretRegister
  readonly nowMs: () => number
  readonly level?: LogLevel
  /** Stands in every line, such as the profile and the program's part. */
  readonly labels?: Readonly<Record<string, string>>
  readonly limits?: Partial<LogLimits>
  readonly opens?: OpensFile
}

export function openLog(parts: LogParts): OpenedLog {
  const { secrets, nowMs, level = 'info', labels = {} } = parts
  const tellLost = (lost: number, detail: string): string => {
    const line = { level: 'warn', time: nowMs(), ...labels, area: 'log', message: 'lines were lost', fields: { lost, detail } }
    return `${JSON.stringify(line)}\n`
  }
  const { folder, limits, opens } = parts
  const file = new LogFile({ folder, nowMs, tellLost, ...(limits && { limits }), ...(opens && { opens }) })
  const logger = pino(
    {
      level,
      base: labels,
      messageKey: 'message',
      timestamp: () => `,"time":${nowMs()}`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => file.write(`${cleanLine(line.trimEnd(), secrets)}\n`) },
  )
  return {
    ...logFace(logger, undefined),
    get state() {
      return file.state
    },
    setLevel: (next) => void (logger.level = next),
    setRetention: (retention) => file.keep(retention),
    flush: () => file.flush(),
    flushNow: () => file.flushNow(),
    close: (deadlineMs) => file.close(deadlineMs),
  }
}

/** A secret that is no text, such as a list of numbers, takes the form of its line with it: then only the fact is kept. */
function cleanLine(line: string, secrets: SecretRegister): string {
  const clean = secrets.scrub(line)
  if (clean === line || isJson(clean)) return clean
  const [, level = 'warn', time = '0'] = /^\{"level":"([a-z]+)","time":(\d+)/.exec(line) ?? []
  return JSON.stringify({ level, time: Number(time), area: 'log', message: 'a line that held a secret was left out' })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function logFace(logger: Logger, correlation: string | undefined): Log {
  const say = (level: LogLevel) => (area: string, message: string, fields?: unknown) => {
    if (!logger.isLevelEnabled(level)) return
    const tied = correlation === undefined ? {} : { correlation }
    const told = fields === undefined ? {} : { fields: plainFields(fields) }
    logger[level]({ area: shortText(String(area)), ...tied, ...told }, shortText(String(message)))
  }
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    child: (id) => logFace(logger, shortText(String(id))),
  }
}

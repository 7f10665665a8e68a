import { readdirSync, readFileSync } from 'node:fs'

/** Processor time of this machine and of one family of processes, in ticks of the clock that /proc counts in. */
export interface LoadReading {
  readonly busy: number
  readonly total: number
  readonly family: ReadonlyMap<string, number>
}

interface ProcessFact {
  readonly id: number
  readonly parent: number
  readonly ticks: number
  readonly kind: string
}

/** `root` and all that it started, by kind: Chromium's children name theirs in their arguments. */
export function readLoad(roots: readonly number[]): LoadReading {
  const numbers = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).slice(1).map(Number)
  const total = numbers.slice(0, 8).reduce((sum, value) => sum + value, 0)
  const busy = total - (numbers[3] ?? 0) - (numbers[4] ?? 0)
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(factsOf)
  const inFamily = new Set(roots)
  // A child is listed after its parent nearly always; a second pass catches the rest.
  for (let pass = 0; pass < 3; pass++) for (const { id, parent } of processes) if (inFamily.has(parent)) inFamily.add(id)
  const family = new Map<string, number>()
  for (const { id, ticks, kind } of processes) if (inFamily.has(id)) family.set(kind, (family.get(kind) ?? 0) + ticks)
  return { busy, total, family }
}

function factsOf(name: string): readonly ProcessFact[] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
    // The name in brackets may hold anything: what follows its last bracket is fixed.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const words = readFileSync(`/proc/${name}/cmdline`, 'utf8')
    const kind = /--type=([a-z-]+)/.exec(words)?.[1] ?? (words.includes('chrom') ? 'browser' : 'node')
    return [{ id: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), kind }]
  } catch {
    // It ended while it was looked at.
    return []
  }
}

export interface LoadBetween {
  /** Cores that others kept busy. */
  readonly otherCores: number
  /** Cores of the family, by kind. */
  readonly coresOf: (kind: string) => number
}

export function loadBetween(before: LoadReading, after: LoadReading, cores: number): LoadBetween {
  const share = cores / Math.max(1, after.total - before.total)
  const ownTicks = (kind: string): number => Math.max(0, (after.family.get(kind) ?? 0) - (before.family.get(kind) ?? 0))
  const own = [...after.family.keys()].reduce((sum, kind) => sum + ownTicks(kind), 0)
  return {
    otherCores: Math.max(0, after.busy - before.busy - own) * share,
    coresOf: (kind) => ownTicks(kind) * share,
  }
}

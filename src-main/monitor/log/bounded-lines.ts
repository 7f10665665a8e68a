/** Lines that wait for the disk, bounded by their bytes. A line that does not fit is dropped and counted: the first tell most. */
export class BoundedLines {
  readonly #bytesMax: number
  #lines: string[] = []
  #bytes = 0
  #lostEver = 0
  #lostUntold = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Since the start. */
  get lost(): number {
    return this.#lostEver
  }

  add(line: string): void {
    const bytes = Buffer.byteLength(line)
    if (this.#bytes + bytes > this.#bytesMax) {
      this.#lostEver += 1
      this.#lostUntold += 1
      return
    }
    this.#lines.push(line)
    this.#bytes += bytes
  }

  /** Whole lines, at least one, as many as fit. */
  take(bytesMax: number): string {
    let count = 0
    let bytes = 0
    for (const line of this.#lines) {
      const next = bytes + Buffer.byteLength(line)
      if (count > 0 && next > bytesMax) break
      bytes = next
      count += 1
    }
    this.#bytes -= bytes
    return this.#lines.splice(0, count).join('')
  }

  takeAll(): readonly string[] {
    this.#bytes = 0
    return this.#lines.splice(0)
  }

  /** How many were dropped since this was asked last. */
  takeLost(): number {
    const lost = this.#lostUntold
    this.#lostUntold = 0
    return lost
  }
}

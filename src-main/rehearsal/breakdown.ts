/** Breaks the program off at a moment of what it writes: with the n-th record from now. */
export class Breakdown {
  #armed: { left: number; readonly moment: 'written' | 'durable' | 'left'; readonly strike: () => void } | undefined

  arm(appends: number, moment: 'written' | 'durable' | 'left', strike: () => void): void {
    this.#armed = { left: appends, moment, strike }
  }

  disarm(): void {
    this.#armed = undefined
  }

  passes(moment: 'written' | 'durable' | 'left'): void {
    const armed = this.#armed
    if (armed === undefined) return
    if (moment === 'written') armed.left -= 1
    if (armed.left > 0 || armed.moment !== moment) return
    this.#armed = undefined
    armed.strike()
  }
}

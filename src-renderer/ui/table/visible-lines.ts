export interface LineWindow {
  readonly from: number
  /** Not drawn any more. */
  readonly to: number
}

/** So many lines more at each end. */
const spare = 8

/** Which of the lines are drawn, so that none is missing where somebody looks. */
export function visibleLines(scrolled: number, height: number, lineHeight: number, count: number): LineWindow {
  const from = Math.max(0, Math.floor(Math.max(0, scrolled) / lineHeight) - spare)
  const to = Math.min(count, Math.ceil((Math.max(0, scrolled) + height) / lineHeight) + spare)
  return { from: Math.min(from, to), to }
}

export interface LineSight {
  readonly scrolled: number
  readonly height: number
  readonly lineHeight: number
  readonly head: number
}

/** How far a table has to be scrolled for a line to be seen whole below its head; undefined where it is already. */
export function scrollToSee(line: number, { scrolled, height, lineHeight, head }: LineSight): number | undefined {
  const top = line * lineHeight
  const room = height - head
  if (top < scrolled) return top
  return top + lineHeight > scrolled + room ? top + lineHeight - room : undefined
}

import type { LegendFigure } from './legend.ts'

export interface LegendRow {
  readonly name: string
  /** A colour of the chart for the sign before the name; undefined for none. */
  readonly colour: string | undefined
  readonly figures: readonly LegendFigure[]
}

/** Writes rows of figures into an element, past React: texts are exchanged, elements made only when the rows change in number. */
export function writeLegend(element: HTMLElement, rows: readonly LegendRow[]): void {
  fitCount(element, rows.length, 'div', 'legend-row')
  rows.forEach((row, nth) => {
    const line = element.children[nth]
    if (line instanceof HTMLElement) writeRow(line, row)
  })
}

function writeRow(line: HTMLElement, { name, colour, figures }: LegendRow): void {
  fitCount(line, figures.length + 1, 'span', 'legend-figure')
  const head = line.children[0]
  if (head instanceof HTMLElement) {
    setText(head, name)
    head.className = colour === undefined ? 'legend-name' : 'legend-name legend-series'
    head.style.setProperty('--series', colour ?? '')
  }
  figures.forEach((figure, nth) => {
    const span = line.children[nth + 1]
    if (!(span instanceof HTMLElement)) return
    fitCount(span, 2, 'span', '')
    const [label, value] = span.children
    setText(label, figure.name)
    setText(value, figure.value)
    const tone = `legend-figure legend-${figure.tone}`
    if (span.className !== tone) span.className = tone
  })
}

function setText(element: Element | undefined, text: string): void {
  if (element !== undefined && element.textContent !== text) element.textContent = text
}

function fitCount(element: HTMLElement, count: number, tag: string, className: string): void {
  while (element.children.length > count) element.lastElementChild?.remove()
  while (element.children.length < count) {
    const made = document.createElement(tag)
    if (className !== '') made.className = className
    element.append(made)
  }
}

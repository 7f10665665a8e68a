import { anchorsOf, moved, wordsMax, type Anchor, type Drawing, type DrawingKind } from '../../charts/drawings/drawing.ts'
import { DrawingHand } from '../../charts/drawings/drawing-hand.ts'
import { undone, withChanged, withDrawing, withoutDrawing, type DrawingBook } from '../../charts/drawings/drawing-book.ts'
import type { PriceChart } from '../../charts/price-chart.ts'
import { frameLengthMs } from '../../charts/timeframes.ts'
import { changeDrawings, drawingBook, useDrawingBooks } from '../../stores/chart-drawings.ts'
import type { ChartStore } from './chart-facts.ts'

interface ChartDrawingsParts {
  readonly host: HTMLElement
  readonly chart: PriceChart
  readonly facts: ChartStore
}

/** What is drawn on the chart of one instrument, by pointer and by keys. */
export class ChartDrawings {
  readonly #parts: ChartDrawingsParts
  readonly #hand: DrawingHand
  readonly #unsubscribe: () => void
  #draft: Drawing | undefined

  constructor(parts: ChartDrawingsParts) {
    const { host, chart } = parts
    this.#parts = parts
    this.#hand = new DrawingHand({
      host,
      anchorAt: (point) => chart.anchorAt(point),
      hitAt: (point, reach) => chart.drawings.hitAt(point, reach),
      newId: () => crypto.randomUUID(),
      onDraft: (draft) => {
        this.#draft = draft
        this.refresh()
      },
      onDrawn: (drawing) => this.#finish(drawing),
      onChanged: (drawing) => this.#change((book) => withChanged(book, drawing)),
      onSelect: (id) => this.select(id),
    })
    this.#unsubscribe = useDrawingBooks.subscribe(() => this.refresh())
    this.refresh()
  }

  get isBusy(): boolean {
    return this.#hand.isBusy
  }

  dispose(): void {
    this.#unsubscribe()
    this.#hand.dispose()
  }

  refresh(): void {
    this.#parts.chart.drawings.show(drawingBook(this.#instrument()).drawings, this.#draft, this.#parts.facts.getState().selected)
  }

  choose(tool: DrawingKind | undefined): void {
    this.#hand.choose(tool)
    this.#parts.facts.setState({ tool })
  }

  select(id: string | undefined): void {
    this.#parts.facts.setState({ selected: id })
    this.refresh()
  }

  /** Leaves the innermost thing; false where there was nothing to leave. */
  leave(): boolean {
    const { tool, selected, wordless } = this.#parts.facts.getState()
    if (wordless !== undefined) this.#parts.facts.setState({ wordless: undefined })
    else if (this.#hand.isBusy) this.#hand.cancel()
    else if (tool !== undefined) this.choose(undefined)
    else if (selected !== undefined) this.select(undefined)
    else return false
    return true
  }

  undo(): void {
    this.#change(undone)
  }

  deleteSelected(): boolean {
    const { selected } = this.#parts.facts.getState()
    if (selected === undefined) return false
    this.#change((book) => withoutDrawing(book, selected))
    this.select(undefined)
    return true
  }

  /** By keys: so many bars to the right, so many steps up. */
  moveSelected(bars: number, steps: number): boolean {
    const drawing = drawingBook(this.#instrument()).drawings.find(({ id }) => id === this.#parts.facts.getState().selected)
    if (drawing === undefined) return false
    const frameMs = frameLengthMs(this.#parts.chart.looks.frame)
    this.#change((book) => withChanged(book, moved(drawing, bars * frameMs, steps * this.#keyStep())))
    return true
  }

  /** By keys: the chosen tool in the middle of what is in sight; arrows then take it where it belongs. */
  drawInMiddle(): boolean {
    const { facts, host, chart } = this.#parts
    const { tool } = facts.getState()
    if (tool === undefined) return false
    const at = (x: number, y: number): Anchor | undefined => chart.anchorAt({ x: host.clientWidth * x, y: host.clientHeight * y })
    const anchors = [at(0.35, 0.4), at(0.5, 0.3)].slice(0, anchorsOf[tool]).filter((anchor) => anchor !== undefined)
    if (anchors.length !== anchorsOf[tool]) return false
    this.#finish({ id: crypto.randomUUID(), kind: tool, anchors, words: '' })
    return true
  }

  write(words: string): void {
    const { wordless } = this.#parts.facts.getState()
    this.#parts.facts.setState({ wordless: undefined })
    const text = words.trim().slice(0, wordsMax)
    if (wordless !== undefined && text !== '') this.#add({ ...wordless, words: text })
  }

  #instrument(): string {
    return this.#parts.chart.looks.instrument.id
  }

  /** A hundredth of the pane, and one tick at least: near enough to aim, far enough to see. */
  #keyStep(): number {
    const [low, high] = this.#parts.chart.visibleTicks() ?? [0, 0]
    return Math.max(1, Math.round((high - low) / 100))
  }

  #finish(drawing: Drawing): void {
    // One at a time: the next press belongs to the chart again.
    this.choose(undefined)
    if (drawing.kind === 'text') this.#parts.facts.setState({ wordless: drawing })
    else this.#add(drawing)
  }

  #add(drawing: Drawing): void {
    this.#change((book) => withDrawing(book, drawing))
    this.select(drawing.id)
  }

  #change(change: (book: DrawingBook) => DrawingBook): void {
    changeDrawings(this.#instrument(), change)
  }
}

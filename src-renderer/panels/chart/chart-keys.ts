import { timeframes } from '../../charts/timeframes.ts'
import { changeChart, chartSettings } from '../../stores/chart-settings.ts'
import type { ChartStore } from './chart-facts.ts'
import type { ChartSession } from './chart-session.ts'

interface ChartKeysParts {
  readonly session: ChartSession
  readonly panelId: string
  readonly facts: ChartStore
  /** The panel's element. */
  readonly root: HTMLElement
  readonly savePicture: () => void
}

type Keys = (event: KeyboardEvent) => void

/** Bars for a press, and with Shift. */
const step = { plain: 1, shift: 10 } as const
const zoomStep = 1.25

/** Another timeframe is another chart: the one that takes this one's place gets its keyboard. */
let keyboardGoesTo: string | undefined

/** True once, for the chart that was changed by a key. */
export function takesKeyboard(panelId: string): boolean {
  if (keyboardGoesTo !== panelId) return false
  keyboardGoesTo = undefined
  return true
}

/** What the chart does by keys, while the keyboard is in its panel. */
export function createChartKeys(parts: ChartKeysParts): Keys {
  return (event) => {
    const target = event.target
    // Fields and lists have their own keys; only Escape leaves the field for a text's words.
    const isInField = target instanceof Element && target.closest('input, select, textarea') !== null
    if (isInField && (event.key !== 'Escape' || !parts.session.drawings.leave())) return
    const isOnButton = target instanceof Element && target.closest('button') !== null
    if (isOnButton && (event.key === 'Enter' || event.key === ' ')) return
    if (event.altKey || !act(parts, event)) return
    event.preventDefault()
    event.stopPropagation()
  }
}

function act(parts: ChartKeysParts, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return actWithControl(parts, event.key.toLowerCase(), event.shiftKey)
  return actOnArrow(parts, event) || actOnDrawing(parts, event) || actOnView(parts, event) || actOnReplay(parts, event.key.toLowerCase())
}

function actWithControl({ session, savePicture }: ChartKeysParts, key: string, hasShift: boolean): boolean {
  if (key === 'z' && !hasShift) session.drawings.undo()
  else if (key === 's' && hasShift) savePicture()
  else return false
  return true
}

/** Arrows move the drawing that is selected, and the chart where none is. */
function actOnArrow({ session }: ChartKeysParts, { key, shiftKey }: KeyboardEvent): boolean {
  const by = shiftKey ? step.shift : step.plain
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const bars = key === 'ArrowLeft' ? -by : by
    if (!session.drawings.moveSelected(bars, 0)) session.travel.scrollBy(bars)
    return true
  }
  if (key === 'ArrowUp' || key === 'ArrowDown') return session.drawings.moveSelected(0, key === 'ArrowUp' ? by : -by)
  return false
}

function actOnDrawing({ session }: ChartKeysParts, { key }: KeyboardEvent): boolean {
  if (key === 'Delete' || key === 'Backspace') return session.drawings.deleteSelected()
  if (key === 'Enter') return session.drawings.drawInMiddle()
  return key === 'Escape' && (session.orders.leave() || session.drawings.leave())
}

function actOnView({ session, panelId, root }: ChartKeysParts, { key, shiftKey }: KeyboardEvent): boolean {
  if (key === '+' || key === '=') session.travel.zoomBy(1 / zoomStep)
  else if (key === '-' || key === '_') session.travel.zoomBy(zoomStep)
  else if (key === 'Home') session.travel.goToOldest()
  else if (key === 'End') void session.travel.goToPresent()
  else if (key === 't' || key === 'T') {
    keyboardGoesTo = panelId
    changeChart(panelId, { timeframe: neighbour(chartSettings(panelId).timeframe, shiftKey ? -1 : 1) })
  }
  else if (key === 'j' || key === 'J') root.querySelector<HTMLElement>('.chart-date input')?.focus()
  else return false
  return true
}

const neighbour = (name: (typeof timeframes)[number], by: 1 | -1): (typeof timeframes)[number] =>
  timeframes.at((timeframes.indexOf(name) + by) % timeframes.length) ?? name

function actOnReplay({ session, facts }: ChartKeysParts, key: string): boolean {
  const isOn = facts.getState().replay !== undefined
  if (key === 'u' && isOn) session.endReplay()
  else if (key === 'u') void session.startReplay()
  else if (isOn && key === ' ') session.replay.toggle()
  else if (isOn && key === '.') session.replay.step()
  else return false
  return true
}

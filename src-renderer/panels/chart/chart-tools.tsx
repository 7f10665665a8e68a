import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { drawingKinds } from '../../charts/drawings/drawing.ts'
import { useText } from '../../ui/use-text.ts'
import type { ChartStore } from './chart-facts.ts'
import type { ChartSession } from './chart-session.ts'
import { ToolIcon, type ToolIconName } from './tool-icon.tsx'
import './chart-tools.css'

interface ChartToolsProps {
  readonly session: ChartSession | undefined
  readonly facts: ChartStore
}

/** What is drawn with, at the left edge: the newest bars are at the right one. */
export function ChartTools({ session, facts }: ChartToolsProps): ReactNode {
  const text = useText()
  const { tool, selected } = useStore(facts)
  const drawings = session?.drawings
  return (
    <div className="chart-tools" role="toolbar" aria-orientation="vertical" aria-label={text('screen.chart.tools')}>
      <Tool icon="pointer" label={text('screen.chart.tool.pointer')} isOn={tool === undefined} onPress={() => drawings?.choose(undefined)} />
      {drawingKinds.map((kind) => (
        <Tool key={kind} icon={kind} label={text(`screen.chart.tool.${kind}`)} isOn={tool === kind} onPress={() => drawings?.choose(kind)} />
      ))}
      <span className="chart-tools-gap" />
      <Tool icon="undo" label={text('screen.chart.tool.undo')} onPress={() => drawings?.undo()} />
      <Tool icon="delete" label={text('screen.chart.tool.delete')} isDisabled={selected === undefined} onPress={() => drawings?.deleteSelected()} />
    </div>
  )
}

interface ToolProps {
  readonly icon: ToolIconName
  readonly label: string
  /** Undefined for what is done at once. */
  readonly isOn?: boolean
  readonly isDisabled?: boolean
  readonly onPress: () => void
}

export function Tool({ icon, label, isOn, isDisabled = false, onPress }: ToolProps): ReactNode {
  return (
    <button type="button" className="chart-tool focus-inside" title={label} aria-label={label} aria-pressed={isOn} disabled={isDisabled} onClick={onPress}>
      <ToolIcon name={icon} />
    </button>
  )
}

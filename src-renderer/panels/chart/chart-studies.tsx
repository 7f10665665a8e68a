import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'
import { studyEntries, studyIds, type StudyId } from '../../charts/studies/study-list.ts'
import type { ChartSettings } from '../../stores/chart-settings.ts'
import { useText } from '../../ui/use-text.ts'
import { ToolIcon } from './tool-icon.tsx'

interface ChartStudiesProps {
  readonly settings: ChartSettings
  readonly onChange: (change: Partial<ChartSettings>) => void
}

/** Which figures are reckoned along the bars. */
export function ChartStudies({ settings: { studies, hasVolume }, onChange }: ChartStudiesProps): ReactNode {
  const text = useText()
  const label = text('screen.chart.studies')
  const toggle = (id: StudyId): void => {
    const wanted = studies.includes(id) ? studies.filter((each) => each !== id) : [...studies, id]
    // Always in one order, so that panes do not change places.
    onChange({ studies: studyIds.filter((each) => wanted.includes(each)) })
  }
  return (
    <Popover.Root>
      <Popover.Trigger className="chart-tool chart-studies focus-inside" title={label}>
        <ToolIcon name="studies" />
        {label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="chart-menu" align="start" sideOffset={4} collisionPadding={8}>
          <fieldset className="chart-menu-list">
            <legend className="cap">{label}</legend>
            <Check text={text('screen.chart.volume')} isOn={hasVolume} onToggle={() => onChange({ hasVolume: !hasVolume })} />
            {studyEntries.map(({ id, name }) => <Check key={id} text={name} isOn={studies.includes(id)} onToggle={() => toggle(id)} />)}
          </fieldset>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Check({ text, isOn, onToggle }: { readonly text: string; readonly isOn: boolean; readonly onToggle: () => void }): ReactNode {
  return (
    <label className="chart-check">
      <input type="checkbox" checked={isOn} onChange={onToggle} />
      {text}
    </label>
  )
}

import { Tabs } from 'radix-ui'
import { useEffect, useState, type ReactNode } from 'react'
import { useDesk, type DeskHandle } from '../stores/desk.ts'
import { useText } from '../ui/use-text.ts'
import { focusPanel } from './focus-panel.ts'
import { PanelFrame } from './panel-frame.tsx'
import { panels, type PanelEntry } from './panel-registry.ts'
import { PhoneHalt } from './phone-halt.tsx'
import './phone-desk.css'

/** What a phone is for: to look, to get out, and to stop. */
const first = ['watchlist', 'chart', 'orders', 'positions'] as const

const firstPanels = first.flatMap((id) => panels.filter((panel) => panel.id === id))
/** One chart is enough for a column; the rest is a press further. */
const morePanels = panels.filter(({ id, isSpare }) => !isFirst(id) && isSpare !== true)
const phonePanels = [...firstPanels, ...morePanels].map(({ id }) => id)

const haltId = 'halt'
const moreId = 'more'

function isFirst(id: string): boolean {
  return first.some((each) => each === id)
}

interface Shown {
  /** A first panel, the halt, or all the others. */
  readonly tab: string
  /** Which of the others. */
  readonly more: string
}

const shownAt = ({ tab, more }: Shown): string => (tab === moreId ? more : tab)

/** The desk on a phone: one panel at a time, in one column. */
export function PhoneDesk(): ReactNode {
  const text = useText()
  const [shown, setShown] = useState<Shown>({ tab: firstPanels[0]?.id ?? moreId, more: morePanels[0]?.id ?? '' })
  useEffect(() => {
    useDesk.setState({ handle: handleOf(setShown) })
    return () => useDesk.setState({ handle: undefined })
  }, [])
  return (
    <Tabs.Root className="phone-desk" value={shown.tab} onValueChange={(tab) => setShown({ ...shown, tab })}>
      <Tabs.List className="phone-tabs" aria-label={text('screen.workspaces')}>
        {firstPanels.map((panel) => <PhoneTab key={panel.id} id={panel.id} name={text(panel.title)} />)}
        <PhoneTab id={haltId} name={text('screen.phone.halt')} />
        <PhoneTab id={moreId} name={text('screen.phone.more')} />
      </Tabs.List>
      {firstPanels.map((panel) => <PhonePanel key={panel.id} panel={panel} />)}
      <Tabs.Content value={haltId} className="phone-panel" tabIndex={-1}><PhoneHalt /></Tabs.Content>
      <Tabs.Content value={moreId} className="phone-panel" tabIndex={-1}>
        <MorePanels shown={shown.more} onShow={(more) => setShown({ ...shown, more })} />
      </Tabs.Content>
    </Tabs.Root>
  )
}

function MorePanels({ shown, onShow }: { readonly shown: string; readonly onShow: (panel: string) => void }): ReactNode {
  const text = useText()
  return (
    <Tabs.Root className="phone-desk" value={shown} onValueChange={onShow}>
      <Tabs.List className="phone-tabs phone-tabs-more" aria-label={text('screen.phone.more')}>
        {morePanels.map((panel) => <PhoneTab key={panel.id} id={panel.id} name={text(panel.title)} />)}
      </Tabs.List>
      {morePanels.map((panel) => <PhonePanel key={panel.id} panel={panel} />)}
    </Tabs.Root>
  )
}

const PhoneTab = ({ id, name }: { readonly id: string; readonly name: string }): ReactNode => (
  <Tabs.Trigger value={id} className="phone-tab focus-inside">{name}</Tabs.Trigger>
)

const PhonePanel = ({ panel }: { readonly panel: PanelEntry }): ReactNode => (
  <Tabs.Content value={panel.id} className="phone-panel" tabIndex={-1}><PanelFrame panel={panel} /></Tabs.Content>
)

function withPanel(shown: Shown, panel: string): Shown {
  if (isFirst(panel)) return { ...shown, tab: panel }
  return morePanels.some(({ id }) => id === panel) ? { tab: moreId, more: panel } : shown
}

const handleOf = (show: (change: (shown: Shown) => Shown) => void): DeskHandle => ({
  focus: () => show((shown) => {
    focusPanel(shownAt(shown))
    return shown
  }),
  showPanel: (panel) => show((shown) => withPanel(shown, panel)),
  hasPanel: (panel) => phonePanels.includes(panel),
  focusNeighbour: (step) => show((shown) => {
    const next = phonePanels.at((phonePanels.indexOf(shownAt(shown)) + step) % phonePanels.length)
    return next === undefined ? shown : withPanel(shown, next)
  }),
})

import type { ReactNode } from 'react'
import type { HealthView } from '../../../src-preload/contract/index.ts'
import { isMessageKey, type Locale, type MessageKey } from '../../../src-preload/contract/text/index.ts'
import { printQuantity } from '../../format/quantity.ts'
import { useHealth } from '../../stores/health.ts'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { StateSign } from '../../ui/state-sign.tsx'
import { useLocale, useText, type Text } from '../../ui/use-text.ts'
import { HealthCourses } from './health-courses.tsx'
import './health-panel.css'

type Target = HealthView['board'][number]
type Figure = HealthView['figures'][number]

/** The board of targets first, since it says what to do; then how the last minutes went, and every figure. */
export function HealthPanel(): ReactNode {
  const text = useText()
  const view = useHealth((facts) => facts.view)
  if (view === undefined) return <PanelMessage title={text('screen.health.empty')}>{text('screen.health.empty.next')}</PanelMessage>
  return (
    <div className="health">
      <Board board={view.board} />
      <HealthCourses />
      <PanelSection title={text('screen.health.figures')}>
        <dl className="health-figures">
          {view.figures.map((figure) => <FigureRow key={figure.name} figure={figure} />)}
        </dl>
      </PanelSection>
    </div>
  )
}

/** A figure of a later version has no words here yet; its name is better than nothing. */
const nameOf = (text: Text, prefix: 'screen.health.figure' | 'screen.health.target', name: string): string => {
  const key = `${prefix}.${name}`
  return isMessageKey(key) ? text<MessageKey>(key) : name
}

function Board({ board }: { readonly board: readonly Target[] }): ReactNode {
  const text = useText()
  const off = board.filter(({ state }) => state === 'unwell').length
  const well = board.filter(({ state }) => state === 'well').length
  return (
    <PanelSection
      title={text('screen.health.board')}
      aside={<span className={`num ${off > 0 ? 'danger' : 'ink-3'}`} data-figure>{text('screen.health.on-target', { well, all: board.length })}</span>}
    >
      <table className="board">
        <caption className="for-readers-only">{text('screen.health.board')}</caption>
        <thead>
          <tr className="cap">
            <th>{text('screen.health.what')}</th>
            <th className="num">{text('screen.health.actual')}</th>
            <th className="num">{text('screen.health.target')}</th>
            <th>{text('screen.health.state')}</th>
          </tr>
        </thead>
        <tbody>
          {board.map((target) => <BoardRow key={target.name} target={target} />)}
        </tbody>
      </table>
    </PanelSection>
  )
}

function BoardRow({ target }: { readonly target: Target }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { name, value, unit, state } = target
  return (
    <tr className={`board-${state}`}>
      <td className="ellipsis">{nameOf(text, 'screen.health.target', name)}</td>
      <td className={`num ${state === 'unwell' ? 'danger' : ''}`} data-figure>{printQuantity(locale, value, unit)}</td>
      <td className="num ink-3" data-figure>{wantedText(text, locale, target)}</td>
      <td>
        <span className={`state-word ${state === 'unwell' ? 'danger' : state === 'unknown' ? 'attn' : 'ink-2'}`}>
          <StateSign sign={state} />
          {text(`screen.health.state.${state}`)}
        </span>
      </td>
    </tr>
  )
}

function wantedText(text: Text, locale: Locale, { wanted, target, unit }: Target): string {
  const figure = printQuantity(locale, target, unit)
  return wanted === 'equal' ? figure : text(`screen.health.wanted.${wanted}`, { figure })
}

function FigureRow({ figure }: { readonly figure: Figure }): ReactNode {
  const text = useText()
  const locale = useLocale()
  return (
    <div className="fact">
      <dt className="ellipsis">{nameOf(text, 'screen.health.figure', figure.name)}</dt>
      <dd className="num" data-figure>{printQuantity(locale, figure.value, figure.unit)}</dd>
    </div>
  )
}

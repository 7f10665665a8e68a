import { Fragment, type ReactNode } from 'react'
import { engineModes, type EngineMode } from '../../../src-preload/contract/index.ts'
import { ModeShape } from '../../ui/mode-shape.tsx'
import { useText } from '../../ui/use-text.ts'
import './mode-diagram.css'

/** How one mode leads to the next; a halt or a kill leads away from every mode, which the note below says. */
const linkAfter: Readonly<Record<EngineMode, 'onward' | 'both-ways' | 'none'>> = {
  starting: 'onward',
  active: 'both-ways',
  reducing: 'both-ways',
  halted: 'onward',
  killing: 'none',
  killed: 'none',
}

/** A kill on its way stands where it leads: the band tells the two apart. */
const shown = engineModes.filter((mode) => mode !== 'killing')

/** The engine's modes in their order of caution, and where it stands. */
export function ModeDiagram({ current }: { readonly current: EngineMode | undefined }): ReactNode {
  const text = useText()
  return (
    <ol className="mode-diagram" aria-label={text('screen.engine.diagram')}>
      {shown.map((mode) => (
        <Fragment key={mode}>
          <li className="mode-node" aria-current={mode === (current === 'killing' ? 'killed' : current) ? 'step' : undefined}>
            <ModeShape mode={mode} />
            <span>{text(`engine.mode.${mode}.name`)}</span>
          </li>
          {linkAfter[mode] !== 'none' && <li className={`mode-link mode-link-${linkAfter[mode]}`} aria-hidden="true" />}
        </Fragment>
      ))}
    </ol>
  )
}

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { coverOf, useBooks } from '../stores/books.ts'
import { useDesk } from '../stores/desk.ts'
import { useEngine } from '../stores/engine-status.ts'
import { closeDialog } from '../stores/surface.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { useText } from '../ui/use-text.ts'
import { findCommands, type FoundCommand } from './find-commands.ts'
import './command-palette.css'

const listId = 'command-palette-list'
const optionId = (found: FoundCommand | undefined): string | undefined =>
  found === undefined ? undefined : `command-${found.command.id}`

/** Every command by name, with the key that does the same. */
export function CommandPalette(): ReactNode {
  const text = useText()
  const { commands } = useScreen()
  const [query, setQuery] = useState('')
  const [marked, setMarked] = useState(0)
  // What can be done changes while it is open: a desk is laid out, an engine comes back, another mode is in force.
  useDesk((facts) => facts.handle)
  useBooks(coverOf)
  useEngine((facts) => facts.status?.mode)
  const found = findCommands(commands, query, text)

  const run = (nth: number): void => {
    const command = found[nth]?.command
    if (command === undefined) return
    // First closed: the command may open a dialog of its own.
    closeDialog()
    command.run()
  }
  const steer = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const step = steps[event.key]
    if (event.key === 'Enter') run(marked)
    else if (step === undefined) return
    else setMarked(clamped(marked + step, found.length))
    event.preventDefault()
  }
  return (
    <Dialog title={text('screen.command-field')} onClose={closeDialog} className="palette" isTitleHidden>
      <input
        className="palette-query" role="combobox" aria-expanded="true" aria-controls={listId}
        aria-activedescendant={optionId(found[marked])} aria-label={text('screen.palette.query')}
        placeholder={text('screen.palette.query')} value={query} spellCheck={false} autoComplete="off"
        onKeyDown={steer}
        onChange={(event) => {
          setQuery(event.target.value)
          setMarked(0)
        }}
      />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no element of HTML is the list of a combobox */}
      <div className="palette-list" id={listId} role="listbox" aria-label={text('screen.command-field')}>
        {found.map((each, nth) => (
          <CommandOption
            key={each.command.id} found={each} isMarked={nth === marked} onMark={() => setMarked(nth)} onRun={() => run(nth)}
          />
        ))}
        {found.length === 0 && <p className="palette-none ink-2">{text('screen.palette.none', { query })}</p>}
      </div>
    </Dialog>
  )
}

const clamped = (nth: number, count: number): number => Math.max(0, Math.min(nth, count - 1))

interface CommandOptionProps {
  readonly found: FoundCommand
  readonly isMarked: boolean
  readonly onMark: () => void
  readonly onRun: () => void
}

function CommandOption({ found, isMarked, onMark, onRun }: CommandOptionProps): ReactNode {
  const text = useText()
  const option = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isMarked) option.current?.scrollIntoView({ block: 'nearest' })
  }, [isMarked])
  const { command, title, hits } = found
  return (
    // The keyboard stays in the field above, which marks and runs; this is the pointer's way.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role
    <div
      ref={option} id={optionId(found)} className="palette-option" role="option" tabIndex={-1} aria-selected={isMarked}
      onPointerMove={onMark} onClick={onRun}
    >
      <span className="palette-group ink-3">{text(command.group)}</span>
      <span className="grow ellipsis">{hits.length === 0 ? title : <Marked title={title} hits={hits} />}</span>
      {command.keys !== undefined && <KeyHint keys={command.keys} />}
    </div>
  )
}

/** The letters that were typed, where they were found. */
function Marked({ title, hits }: { readonly title: string; readonly hits: readonly number[] }): ReactNode {
  return [...title.normalize('NFC')].map((letter, nth) => (hits.includes(nth) ? <b key={nth}>{letter}</b> : letter))
}

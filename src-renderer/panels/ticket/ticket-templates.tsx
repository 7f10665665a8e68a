import { useState, type ReactNode } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { printRate } from '../../format/money.ts'
import { readSteps } from '../../format/price.ts'
import { dropTemplate, legRate, legTicks, saveTemplate, templateNameMax, useTemplates, type BracketTemplate } from '../../stores/bracket-templates.ts'
import { heardQuote } from '../../stores/market-quotes.ts'
import { hasLimit, hasTrigger, type TicketDraft } from '../../stores/ticket-draft.ts'
import { Button } from '../../ui/button.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import { TicketChoice } from './ticket-choice.tsx'
import { typedText } from './typed-text.ts'

interface TicketTemplatesProps {
  readonly instrument: InstrumentView
  readonly draft: TicketDraft
  readonly onChange: (changed: Partial<TicketDraft>) => void
}

const none = ''
const isNew = '+'

/** Named brackets: one that is chosen fills stop and target from the entry's price; what is typed is saved under a name. */
export function TicketTemplates({ instrument, draft, onChange }: TicketTemplatesProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const templates = useTemplates((kept) => kept.templates)
  const [chosen, setChosen] = useState(none)
  const { tick } = instrument
  const entryTicks = (): number | undefined => entryOf(draft, instrument, (typed) => readSteps(locale, typed, tick)?.least)
  const choose = (name: string): void => {
    setChosen(name)
    const template = templates.find((each) => each.name === name)
    const entry = entryTicks()
    if (template === undefined || entry === undefined) return
    const typed = (leg: 'stop' | 'target', rate: number | undefined): string => (rate === undefined ? '' : typedText(locale, legTicks(leg, draft.side, entry, rate), tick))
    onChange({ stop: typed('stop', template.stop), target: typed('target', template.target) })
  }
  const save = (name: string): boolean => {
    const entry = entryTicks()
    const template = entry === undefined ? undefined : templateOf(name, draft, entry, (typed) => readSteps(locale, typed, tick)?.least)
    if (template === undefined || !saveTemplate(template)) return false
    setChosen(name)
    return true
  }
  return (
    <>
      <TicketChoice
        label={text('screen.ticket.template')} value={chosen} onChoose={choose}
        options={[
          { value: none, text: text('screen.ticket.template.none') },
          ...templates.map((each) => ({ value: each.name, text: `${each.name} (${distances(each, (rate) => printRate(locale, rate))})` })),
          { value: isNew, text: text('screen.ticket.template.new') },
        ]}
      />
      {chosen === isNew && <NewTemplate onSave={save} />}
      {templates.some(({ name }) => name === chosen) && (
        <Button size="small" look="ghost" className="ticket-template-drop" onClick={() => {
          dropTemplate(chosen)
          setChosen(none)
        }}>{text('screen.ticket.template.drop', { name: chosen })}</Button>
      )}
    </>
  )
}

const distances = ({ stop, target }: BracketTemplate, print: (rate: number) => string): string =>
  [stop === undefined ? '' : `\u2212${print(stop)}`, target === undefined ? '' : `+${print(target)}`].filter((each) => each !== '').join(' / ')

/** Where the entry is expected: at its own price, else at the far side of the market. */
function entryOf(draft: TicketDraft, { id }: InstrumentView, read: (typed: string) => number | undefined): number | undefined {
  if (hasLimit(draft.type) && draft.price.trim() !== '') return read(draft.price)
  if (hasTrigger(draft.type) && draft.trigger.trim() !== '') return read(draft.trigger)
  const quote = heardQuote(id)?.quote
  return (draft.side === 'buy' ? quote?.ask : quote?.bid) ?? undefined
}

function templateOf(name: string, { side, stop, target }: TicketDraft, entry: number, read: (typed: string) => number | undefined): BracketTemplate | undefined {
  const rateOf = (leg: 'stop' | 'target', typed: string): number | undefined => {
    const ticks = typed.trim() === '' ? undefined : read(typed)
    return ticks === undefined ? undefined : legRate(leg, side, entry, ticks)
  }
  const rates = { stop: rateOf('stop', stop), target: rateOf('target', target) }
  // What is typed must all be in it: half of a bracket under its name would be a trap.
  const isWhole = (stop.trim() === '' || rates.stop !== undefined) && (target.trim() === '' || rates.target !== undefined)
  return isWhole && (rates.stop !== undefined || rates.target !== undefined) ? { name, ...rates } : undefined
}

function NewTemplate({ onSave }: { readonly onSave: (name: string) => boolean }): ReactNode {
  const text = useText()
  const [name, setName] = useState('')
  const [isRefused, setRefused] = useState(false)
  const save = (): void => {
    const named = name.trim()
    if (named !== '') setRefused(!onSave(named))
  }
  return (
    <div className="ticket-field">
      <span />
      <div className="ticket-template-new">
        <span className="ticket-input grow">
          <input
            aria-label={text('screen.ticket.template.name')} placeholder={text('screen.ticket.template.name')} maxLength={templateNameMax} value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => (event.key === 'Enter' && !event.ctrlKey ? save() : undefined)}
          />
        </span>
        <Button size="small" onClick={save}>{text('screen.ticket.template.save')}</Button>
      </div>
      {isRefused && <p className="ticket-told t11 danger" role="alert">{text('screen.ticket.template.refused')}</p>}
    </div>
  )
}

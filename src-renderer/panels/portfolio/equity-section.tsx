import { useMemo, useRef, type ReactNode } from 'react'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { EquityPlot } from '../../charts/equity-plot.tsx'
import { chooseEquitySpan, equitySpans, holdEquity, useEquity } from '../../stores/trading-equity.ts'
import { unitOf } from '../../stores/trading-setup.ts'
import { PanelSection } from '../../ui/panel-section.tsx'
import { useTradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'

/** How the equity went, as the books have it: it is there again after a restart. */
export function EquitySection({ asset }: { readonly asset: string }): ReactNode {
  const words = useTradingWords()
  const { text, locale, setup } = words
  const root = useRef<HTMLDivElement>(null)
  useHold(holdEquity, useShown(root))
  const { span, points, error } = useEquity()
  const unit = useMemo(() => unitOf(setup, asset), [setup, asset])
  const last = points?.at(-1)
  const label = last === undefined
    ? text('screen.portfolio.curve')
    : text('screen.portfolio.curve.of', { count: points?.length ?? 0, first: words.money(asset, points?.[0]?.open ?? null), last: words.money(asset, last.close), asset })
  return (
    <PanelSection title={text('screen.portfolio.curve')} aside={(
      <span className="equity-spans">
        {equitySpans.map((each) => <button key={each} type="button" className="focus-inside" aria-pressed={each === span} onClick={() => chooseEquitySpan(each)}>{text(`screen.portfolio.span.${each}`)}</button>)}
      </span>
    )}>
      <div className="equity-plot" ref={root}>
        {points !== undefined && points.length > 1 && unit !== undefined && <EquityPlot points={points} unit={unit} locale={locale} label={label} />}
        {points !== undefined && points.length < 2 && <p className="equity-word ink-2">{text('screen.portfolio.curve.none')}</p>}
        {points === undefined && error !== undefined && <p className="equity-word danger" role="alert">{translateError(locale, error)}</p>}
      </div>
    </PanelSection>
  )
}

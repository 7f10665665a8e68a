import type { ReactNode } from 'react'
import { chooseConfirm, confirmableActs, useTradingSafety } from '../stores/trading-safety.ts'
import { closeDialog } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Switch } from '../ui/switch.tsx'
import { useText } from '../ui/use-text.ts'

/** Which acts of trading are asked about once more. What is chosen takes effect at once, in all windows of this browser. */
export function SettingsTrading(): ReactNode {
  const text = useText()
  const confirms = useTradingSafety((safety) => safety.confirms)
  return (
    <>
      <div className="dialog-body">
        <h3 className="ink-2">{text('screen.settings.trading.confirm')}</h3>
        {confirmableActs.map((act) => (
          <div key={act} className="setting">
            <span className="grow">{text(`screen.settings.trading.confirm.${act}`)}</span>
            <Switch label={text(`screen.settings.trading.confirm.${act}`)} isOn={confirms[act]} isDisabled={false} onChange={(isAsked) => chooseConfirm(act, isAsked)} />
          </div>
        ))}
      </div>
      <div className="dialog-foot">
        <span className="grow ink-2">{text('screen.settings.trading.means')}</span>
        <Button look="primary" keys="Esc" onClick={closeDialog}>{text('screen.done')}</Button>
      </div>
    </>
  )
}

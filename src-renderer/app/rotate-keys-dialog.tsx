import type { ReactNode } from 'react'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { useConnection } from '../stores/connection.ts'
import { closeDialog, showNotice } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { useAsking } from '../ui/use-asking.ts'
import { useLocale, useText } from '../ui/use-text.ts'

const rotateMs = 10 * 60_000

/** Says what new keys mean before they are made. */
export function RotateKeysDialog(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const isFresh = useConnection((facts) => facts.health === 'fresh')
  const { isWaiting, reply, ask } = useAsking<{ epoch: number; at: number }>()
  const rotate = async (): Promise<void> => {
    const answered = await ask(bridge.call('keys.rotate', {}, { timeoutMs: rotateMs }))
    if (!answered.ok) return
    closeDialog()
    showNotice(text('screen.rotate.done', { epoch: answered.value.epoch }))
  }
  return (
    <Dialog title={text('screen.rotate.title')} onClose={closeDialog}>
      <div className="dialog-body">
        <ul className="rotate-means note">
          <li>{text('screen.rotate.new')}</li>
          <li>{text('screen.rotate.old')}</li>
          <li>{text('screen.rotate.ways')}</li>
        </ul>
        {reply?.ok === false && <p className="danger" role="alert">{translateError(locale, reply.error)}</p>}
      </div>
      <div className="dialog-foot">
        <Button look="primary" disabled={isWaiting || !isFresh} onClick={() => void rotate()}>
          {text(isWaiting ? 'screen.rotate.waiting' : 'screen.rotate.do')}
        </Button>
        <Button look="ghost" keys="Esc" onClick={closeDialog}>{text('screen.cancel')}</Button>
      </div>
    </Dialog>
  )
}

import type { ReactNode } from 'react'
import type { BooksStatus } from '../../../src-preload/contract/index.ts'
import { takeBooks } from '../../stores/books.ts'
import { openDialog } from '../../stores/surface.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useAsking } from '../../ui/use-asking.ts'
import { useText } from '../../ui/use-text.ts'
import { BooksAction } from './books-action.tsx'
import { BooksAge } from './books-age.tsx'

/** The ways into the books, how old their key is, and the screens' lock. */
export function KeySection({ status }: { readonly status: BooksStatus }): ReactNode {
  const text = useText()
  const isKept = status.protection !== 'ephemeral'
  const hasNoWay = isKept && !status.hasPassphrase && !status.hasRecoveryCode
  return (
    <PanelSection title={text('screen.keys')}>
      <div className="panel-section-body">
        <Facts>
          <Fact name={text('screen.keys.passphrase')} look={hasNoWay ? 'attn' : 'plain'}>{text(status.hasPassphrase ? 'screen.yes' : 'screen.no')}</Fact>
          <Fact name={text('screen.keys.recovery-code')} look={hasNoWay ? 'attn' : 'plain'}>{text(status.hasRecoveryCode ? 'screen.yes' : 'screen.no')}</Fact>
          {isKept && (
            <Fact name={text('screen.keys.age')}>{status.keyCreatedAt === null ? '–' : <BooksAge since={status.keyCreatedAt} />}</Fact>
          )}
        </Facts>
        {hasNoWay && <p className="attn books-way"><Prose>{text('screen.keys.no-way')}</Prose></p>}
        {isKept && (
          <BooksAction
            label={text('screen.keys.rotate')} waitingLabel={text('screen.keys.rotate')} needs="admin" isWaiting={false}
            onPress={() => openDialog('rotate-keys')}
          />
        )}
        {isKept && <WaysIn status={status} />}
        <LockAction status={status} />
      </div>
    </PanelSection>
  )
}

/** Passphrase and recovery code, made and changed in dialogs of their own. */
function WaysIn({ status: { hasPassphrase, hasRecoveryCode } }: { readonly status: BooksStatus }): ReactNode {
  const text = useText()
  const code = text(hasRecoveryCode ? 'screen.keys.replace-code' : 'screen.keys.make-code')
  const passphrase = text(hasPassphrase ? 'screen.keys.change-passphrase' : 'screen.keys.set-passphrase')
  return (
    <>
      <BooksAction label={code} waitingLabel={code} needs="admin" isWaiting={false} onPress={() => openDialog('recovery-code')} />
      <BooksAction label={passphrase} waitingLabel={passphrase} needs="admin" isWaiting={false} onPress={() => openDialog('passphrase')} />
    </>
  )
}

function LockAction({ status }: { readonly status: BooksStatus }): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const { isWaiting, reply, ask } = useAsking<BooksStatus>()
  const lock = async (): Promise<void> => {
    const answered = await ask(bridge.call('screen.lock', {}))
    if (answered.ok) takeBooks(answered.value)
  }
  return (
    <BooksAction
      label={text('screen.command.lock')} waitingLabel={text('screen.command.lock')} needs="read"
      obstacle={status.screen === 'without-lock' ? text('screen.keys.without-lock') : undefined}
      isWaiting={isWaiting} error={reply?.ok === false ? reply.error : undefined} onPress={() => void lock()}
    />
  )
}

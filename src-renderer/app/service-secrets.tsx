import { useRef, useState, type ReactNode } from 'react'
import { mayUse, type Reply } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { sealHere } from '../bridge/web-sealing.ts'
import { useBooks } from '../stores/books.ts'
import { useConnection } from '../stores/connection.ts'
import { Button } from '../ui/button.tsx'
import { Prose } from '../ui/prose.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { SecretField, takeTyped } from '../ui/secret-field.tsx'
import { useAsking } from '../ui/use-asking.ts'
import { useLocale, useText } from '../ui/use-text.ts'

const names = ['telegram-token', 'webhook-key'] as const
type SecretName = (typeof names)[number]

/** The secrets with which alerts are delivered: set, replaced, removed, and never shown. */
export function ServiceSecrets(): ReactNode {
  const text = useText()
  const isKept = useBooks(({ status }) => status?.protection !== 'ephemeral')
  const isAllowed = useConnection((facts) => facts.access === undefined || mayUse(facts.access, 'admin'))
  return (
    <section className="service-secrets">
      <h3 className="med">{text('screen.secrets')}</h3>
      <p className="ink-2"><Prose>{text('screen.secrets.means')}</Prose></p>
      {!isKept && <p className="ink-2">{text('screen.secret.not-kept')}</p>}
      {names.map((name) => <ServiceSecret key={name} name={name} isAllowed={isAllowed} />)}
    </section>
  )
}

function ServiceSecret({ name, isAllowed }: { readonly name: SecretName; readonly isAllowed: boolean }): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const field = useRef<HTMLInputElement>(null)
  const sealTo = useBooks((facts) => facts.status?.sealTo)
  const hasLine = useConnection((facts) => facts.state === 'open')
  const [hasTyped, setTyped] = useState(false)
  const { isWaiting, reply, ask } = useAsking<{ isKept: boolean }>()
  const isBlocked = isWaiting || !isAllowed || !hasLine || sealTo === undefined
  const keepIt = async (): Promise<void> => {
    const typed = takeTyped(field.current)
    setTyped(false)
    if (sealTo === undefined || isBlocked || typed === '') return
    await ask(bridge.call('keys.app-secret', { name, secret: await sealHere(sealTo, 'keys.app-secret secret', typed) }))
  }
  return (
    // Its own group, not a form: it stands within the form of the settings, and Enter there saves those.
    <fieldset className="service-secret" aria-label={text(`screen.secret.${name}`)}>
      <SecretField
        field={field} label={text(`screen.secret.${name}`)} hint={text(`screen.secret.${name}.means`)} isDisabled={isBlocked}
        onTyped={setTyped} onEnter={() => void keepIt()}
      />
      <div className="setting-actions">
        <Button size="small" disabled={isBlocked || !hasTyped} onClick={() => void keepIt()}>{text('screen.secret.keep')}</Button>
        <Button size="small" look="ghost" disabled={isBlocked} onClick={() => void ask(bridge.call('keys.app-secret', { name, secret: null }))}>
          {text('screen.secret.remove')}
        </Button>
        <SecretOutcome reply={reply} />
      </div>
    </fieldset>
  )
}

function SecretOutcome({ reply }: { readonly reply: Reply<{ isKept: boolean }> | undefined }): ReactNode {
  const text = useText()
  const locale = useLocale()
  if (reply === undefined) return null
  if (!reply.ok) return <p className="danger" role="alert">{translateError(locale, reply.error)}</p>
  return <p className="ink-2" role="status">{text(reply.value.isKept ? 'screen.secret.kept' : 'screen.secret.removed')}</p>
}

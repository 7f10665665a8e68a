import { useEffect, useState, type ReactNode } from 'react'
import { externalLinks, type ExternalLink } from '../../src-preload/contract/index.ts'
import { closeDialog } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Mark } from '../ui/mark.tsx'
import { useText } from '../ui/use-text.ts'
import { madeWith } from './made-with.ts'
import './about-dialog.css'

const noticesAddress = '/third-party-notices.txt'

export function AboutDialog(): ReactNode {
  const text = useText()
  const hasNotices = useNotices()
  return (
    <Dialog title={text('screen.about')} onClose={closeDialog} isTitleHidden className="about">
      <div className="dialog-body">
        <div className="about-head">
          <Mark />
          <div>
            <p className="t22">Ballast <span className="about-version">{BALLAST_VERSION}</span></p>
            <p className="note">{text('screen.about.what')}</p>
          </div>
        </div>
        <ul className="about-libraries">
          {madeWith.map(({ name, what, licence }) => (
            <li key={name}>
              <span className="med">{name}</span>
              <span className="ink-2 ellipsis">{text(what)}</span>
              <span className="ink-3">{licence}</span>
            </li>
          ))}
        </ul>
      </div>
      <div className="dialog-foot">
        <OutsideLink to="licence">{text('screen.about.licence')}</OutsideLink>
        {hasNotices && <a href={noticesAddress} target="_blank" rel="noreferrer">{text('screen.about.notices')}</a>}
        <span className="grow" />
        <Button look="primary" keys="Esc" onClick={closeDialog}>{text('screen.done')}</Button>
      </div>
    </Dialog>
  )
}

/** In the desktop window the page may not open anything: it names a link, and the program knows the address. */
function OutsideLink({ to, children }: { readonly to: ExternalLink; readonly children: ReactNode }): ReactNode {
  const { ballast } = window
  return (
    <a
      href={externalLinks[to]} target="_blank" rel="noreferrer"
      onClick={(event) => {
        if (ballast === undefined) return
        event.preventDefault()
        void ballast.shell('open-link', to)
      }}
    >
      {children}
    </a>
  )
}

/** A packaged program has the notices beside the page; a checkout does not. */
function useNotices(): boolean {
  const [isThere, setThere] = useState(false)
  useEffect(() => {
    const ending = new AbortController()
    fetch(noticesAddress, { method: 'HEAD', signal: ending.signal }).then(
      (response) => setThere(response.ok && response.headers.get('content-type')?.startsWith('text/plain') === true),
      () => undefined,
    )
    return () => ending.abort()
  }, [])
  return isThere
}

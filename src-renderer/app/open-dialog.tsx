import type { ReactNode } from 'react'
import { WhyDrawer } from '../panels/why/why-drawer.tsx'
import { useSurface } from '../stores/surface.ts'
import { AboutDialog } from './about-dialog.tsx'
import { CommandPalette } from './command-palette.tsx'
import { GuideDialog } from './guide-dialog.tsx'
import { PassphraseDialog } from './passphrase-dialog.tsx'
import { RecoveryCodeDialog } from './recovery-code-dialog.tsx'
import { ResumeDialog } from './resume-dialog.tsx'
import { RotateKeysDialog } from './rotate-keys-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'

export function OpenDialog(): ReactNode {
  const dialog = useSurface((surface) => surface.dialog)
  switch (dialog) {
    case 'palette': return <CommandPalette />
    case 'resume': return <ResumeDialog />
    case 'settings': return <SettingsDialog />
    case 'about': return <AboutDialog />
    case 'rotate-keys': return <RotateKeysDialog />
    case 'guide': return <GuideDialog />
    case 'recovery-code': return <RecoveryCodeDialog />
    case 'passphrase': return <PassphraseDialog />
    case 'why': return <WhyDrawer />
    case undefined: return null
  }
}

import { useState, type FormEvent, type ReactNode } from 'react'
import { mayUse, type BridgeError, type SettingsView } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import { useConnection } from '../stores/connection.ts'
import { takeSettings, useEngineSettings } from '../stores/engine-settings.ts'
import { closeDialog } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Prose } from '../ui/prose.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import { problemsIn, sectionOf, withDraft, type Drafts, type SectionId, type SettingProblems } from './settings-entries.ts'
import { ServiceSecrets } from './service-secrets.tsx'
import { SettingField } from './settings-field.tsx'

/** One group of the engine's settings: changed here, written into its file by the engine, in force at once. */
export function SettingsSection({ section }: { readonly section: SectionId }): ReactNode {
  const view = useEngineSettings((facts) => facts.view)
  return view === undefined ? null : <SectionForm section={section} view={view} />
}

const noProblems: SettingProblems = { byPath: {}, rest: '' }

interface FormState {
  readonly drafts: Drafts
  /** Of the file that the drafts were made on. */
  readonly base: string
  readonly isSaving: boolean
  readonly isSaved: boolean
  readonly error: BridgeError | undefined
}

function SectionForm({ section, view }: { readonly section: SectionId; readonly view: SettingsView }): ReactNode {
  const { bridge } = useScreen()
  const [form, setForm] = useState<FormState>({ drafts: {}, base: view.revision, isSaving: false, isSaved: false, error: undefined })
  const isAllowed = useConnection((facts) => facts.access === undefined || mayUse(facts.access, 'admin'))
  const change = (given: Partial<FormState>): void => setForm((before) => ({ ...before, ...given }))
  const entries = view.values.filter(({ path }) => sectionOf(path) === section)
  const changes = Object.entries(form.drafts).map(([path, value]) => ({ path, value }))
  const { error } = form
  const problems = error?.code === 'setting.refused' ? problemsIn(String(error.details['problem'] ?? ''), entries.map(({ path }) => path)) : noProblems

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (changes.length === 0 || form.isSaving) return
    change({ isSaving: true, isSaved: false, error: undefined })
    // The revision that is shown: whoever saves has seen these values beside his own.
    const reply = await bridge.call('settings.change', { revision: view.revision, changes })
    if (!reply.ok) return change({ isSaving: false, error: reply.error })
    takeSettings(reply.value)
    change({ drafts: {}, base: reply.value.revision, isSaving: false, isSaved: true })
  }
  const isOvertaken = changes.length > 0 && view.revision !== form.base && !form.isSaving

  return (
    <form className="settings-form" noValidate onSubmit={(event) => void save(event)}>
      <div className="dialog-body">
        <FileProblems view={view} />
        <SectionWords isAllowed={isAllowed} isOvertaken={isOvertaken} error={error} problems={problems} section={section} />
        {entries.map((entry) => (
          <SettingField
            key={entry.path} entry={entry} draft={form.drafts[entry.path]} problem={problems.byPath[entry.path]} isReadOnly={!isAllowed || form.isSaving}
            onChange={(value) => setForm((before) => ({
              ...before, isSaved: false, error: undefined, drafts: withDraft(before.drafts, entry, value),
              base: Object.keys(before.drafts).length === 0 ? view.revision : before.base,
            }))}
          />
        ))}
        {section === 'alerts' && <ServiceSecrets />}
      </div>
      <SectionFoot
        count={changes.length} isSaving={form.isSaving} isSaved={form.isSaved} file={view.file} hasFileProblems={view.problems.length > 0}
        onDiscard={() => change({ drafts: {}, error: undefined })}
      />
    </form>
  )
}

/** What is wrong with the file itself: then nothing can be written into it without losing something. */
function FileProblems({ view }: { readonly view: SettingsView }): ReactNode {
  const text = useText()
  if (view.problems.length === 0) return null
  return (
    <div className="settings-problems hatch" role="alert">
      <p className="strong attn">{text('screen.settings.file-problem')}</p>
      <ul>
        {view.problems.map(({ line, column, path, reason }) => (
          <li key={`${line}.${column}.${path}`}>
            {line > 0 && <span className="mono">{`${text('screen.settings.place', { line, column })} `}</span>}
            {path !== '' && <span className="mono">{`${path} `}</span>}
            {reason}
          </li>
        ))}
      </ul>
      <p className="ink-2">{text('screen.settings.last-good')}</p>
    </div>
  )
}

interface SectionWordsProps {
  readonly section: SectionId
  readonly isAllowed: boolean
  readonly isOvertaken: boolean
  readonly error: BridgeError | undefined
  readonly problems: SettingProblems
}

function SectionWords({ section, isAllowed, isOvertaken, error, problems }: SectionWordsProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  // Each of several values says beside its own field what is wrong with it.
  const isToldAtFields = error?.code === 'setting.refused' && Object.keys(problems.byPath).length > 0 && problems.rest === ''
  return (
    <>
      <p className="note settings-lead"><Prose>{text(`screen.settings.section.${section}.means`)}</Prose></p>
      {!isAllowed && <p className="ink-2">{text('screen.settings.not-allowed')}</p>}
      {isOvertaken && <p className="attn" role="status">{text('screen.settings.overtaken')}</p>}
      {error !== undefined && (
        <p className="danger" role="alert">{isToldAtFields ? text('screen.settings.refused') : translateError(locale, error)}</p>
      )}
    </>
  )
}

interface SectionFootProps {
  readonly count: number
  readonly isSaving: boolean
  readonly isSaved: boolean
  readonly hasFileProblems: boolean
  readonly file: string
  readonly onDiscard: () => void
}

function SectionFoot({ count, isSaving, isSaved, hasFileProblems, file, onDiscard }: SectionFootProps): ReactNode {
  const text = useText()
  const hasLine = useConnection((facts) => facts.state === 'open')
  return (
    <div className="dialog-foot">
      <span className="grow ink-2 ellipsis" role="status" title={file}>
        {isSaved ? text('screen.settings.saved') : hasFileProblems ? text('screen.settings.mend-first') : text('screen.settings.in-file')}
      </span>
      {count > 0 && <Button look="ghost" disabled={isSaving} onClick={onDiscard}>{text('screen.settings.discard')}</Button>}
      {count === 0 ? (
        <Button look="primary" keys="Esc" onClick={closeDialog}>{text('screen.done')}</Button>
      ) : (
        <Button type="submit" look="primary" keys="Enter" disabled={isSaving || !hasLine || hasFileProblems}>
          {text(isSaving ? 'screen.settings.saving' : 'screen.settings.save', { count })}
        </Button>
      )}
    </div>
  )
}

import { useId, type ReactNode } from 'react'
import { isMessageKey, type MessageKey } from '../../src-preload/contract/text/index.ts'
import { Choice } from '../ui/choice.tsx'
import { Switch } from '../ui/switch.tsx'
import { useText, type Text } from '../ui/use-text.ts'
import { controlOf, hiddenValue, parseTyped, type SettingControl, type SettingEntry, type SettingScalar } from './settings-entries.ts'

interface SettingFieldProps {
  readonly entry: SettingEntry
  /** What was typed and is not saved. */
  readonly draft: SettingScalar | undefined
  readonly problem: string | undefined
  readonly isReadOnly: boolean
  readonly onChange: (value: SettingScalar) => void
}

/** One value: its name, what it means, the control that fits it, whether it is as it came, and what is wrong with it. */
export function SettingField({ entry, draft, problem, isReadOnly, onChange }: SettingFieldProps): ReactNode {
  const text = useText()
  const id = useId()
  const control = controlOf(entry)
  const name = nameOf(text, entry)
  const words = { label: name, means: `${id}-means`, problem: problem === undefined ? undefined : `${id}-problem` }
  return (
    <div className={`setting-field ${control.kind === 'switch' || control.kind === 'number' || control.kind === 'time' ? 'setting-short' : ''}`}>
      <div className="setting-words">
        <h3 className="med">
          {name}
          {draft !== undefined && <span className="attn t11">{` ${text('screen.settings.unsaved')}`}</span>}
        </h3>
        <p className="ink-2" id={words.means}>{meaningOf(text, entry)}</p>
      </div>
      <div className="setting-control">
        <Control entry={entry} control={control} draft={draft} words={words} isReadOnly={isReadOnly} onChange={onChange} />
        <ChangedMark entry={entry} draft={draft} isReadOnly={isReadOnly} onChange={onChange} />
      </div>
      {problem !== undefined && <p className="danger setting-problem" id={words.problem}>{problem}</p>}
    </div>
  )
}

/** A setting of a later version has no words here yet; the engine's own say it in English. */
const nameOf = (text: Text, { path }: SettingEntry): string => {
  const key = `screen.setting.${path}`
  return isMessageKey(key) ? text<MessageKey>(key) : path
}

const meaningOf = (text: Text, { path, meaning }: SettingEntry): string => {
  const key = `screen.setting.${path}.means`
  return isMessageKey(key) ? text<MessageKey>(key) : meaning
}

interface ControlProps {
  readonly entry: SettingEntry
  readonly control: SettingControl
  readonly draft: SettingScalar | undefined
  readonly words: { readonly label: string; readonly means: string; readonly problem: string | undefined }
  readonly isReadOnly: boolean
  readonly onChange: (value: SettingScalar) => void
}

function Control({ entry, control, draft, words, isReadOnly, onChange }: ControlProps): ReactNode {
  const text = useText()
  const shown = draft ?? entry.value
  if (control.kind === 'switch') {
    return <Switch label={words.label} describedBy={words.means} isOn={shown === true} isDisabled={isReadOnly} onChange={onChange} />
  }
  if (control.kind === 'choice') {
    return (
      <fieldset className="setting-choice" disabled={isReadOnly}>
        <Choice
          label={words.label} value={String(shown)} onChoose={onChange}
          options={control.of.map((value) => ({ value, text: value }))}
        />
      </fieldset>
    )
  }
  const isPrivate = control.kind === 'private'
  const isSet = isPrivate && entry.value === hiddenValue
  return (
    <input
      className={`setting-input setting-input-${control.kind} num`} aria-label={words.label} aria-describedby={words.problem ?? words.means}
      aria-invalid={words.problem !== undefined} disabled={isReadOnly} spellCheck={false} autoComplete="off"
      inputMode={control.kind === 'number' ? 'numeric' : isPrivate ? 'url' : 'text'}
      placeholder={isSet ? text('screen.settings.private-set') : isPrivate ? 'https://' : undefined}
      value={isPrivate && draft === undefined ? '' : String(shown)}
      onChange={(event) => onChange(isPrivate && event.target.value === '' ? entry.value : parseTyped(entry, event.target.value))}
    />
  )
}

type ChangedMarkProps = Pick<ControlProps, 'entry' | 'draft' | 'isReadOnly' | 'onChange'>

/** Whether it is as it came, and the way back. */
function ChangedMark({ entry, draft, isReadOnly, onChange }: ChangedMarkProps): ReactNode {
  const text = useText()
  const value = draft ?? entry.value
  if (value === entry.preset) return null
  const preset = entry.preset === '' ? text('screen.settings.nothing') : typeof entry.preset === 'boolean' ? text(entry.preset ? 'screen.on' : 'screen.off') : String(entry.preset)
  return (
    <button type="button" className="setting-preset t11" disabled={isReadOnly} onClick={() => onChange(entry.preset)}>
      {entry.preset === '' && controlOf(entry).kind === 'private' ? text('screen.settings.remove') : text('screen.settings.back-to', { preset })}
    </button>
  )
}

/** One thing that is wrong with a settings file. Where a place makes no sense, line and column are 0. */
export interface SettingsProblem {
  readonly line: number
  readonly column: number
  readonly path: string
  readonly code: SettingsProblemCode
  /** One sentence, in English. */
  readonly reason: string
}

export type SettingsProblemCode =
  | 'syntax'
  | 'too-large'
  | 'not-text'
  /** Aliases repeat what another place says; here everything is said where it stands. */
  | 'alias'
  | 'missing-version'
  | 'newer-version'
  | 'unknown-name'
  | 'wrong-value'
  | 'missing-value'
  /** The file is gone while Ballast runs. */
  | 'file-missing'
  | 'file-unreadable'
  /** Its disk does not answer: what it says is not known. */
  | 'file-silent'
  /** The settings are in force, but could not be written. */
  | 'file-unwritable'

export const problemWithoutPlace = (code: SettingsProblemCode, reason: string): SettingsProblem => ({
  line: 0, column: 0, path: '', code, reason,
})

import { create } from 'zustand'
import type { SettingsView } from '../../src-preload/contract/index.ts'

/** The settings that the engine goes by; those of the screen itself are in `preferences`. */
export const useEngineSettings = create<{ readonly view: SettingsView | undefined }>()(() => ({ view: undefined }))

export const takeSettings = (view: SettingsView): void => useEngineSettings.setState({ view })

import type * as Electron from 'electron'

const parameters = new Map<string, string>()
let isUploading = false

/** Electron's crashReporter. There are no reports; whether they would leave the machine is remembered. */
export const crashReporter = {
  start(options: Electron.CrashReporterStartOptions) {
    isUploading = options.uploadToServer ?? true
    for (const [key, value] of Object.entries(options.extra ?? {})) parameters.set(key, value)
  },
  getUploadToServer: () => isUploading,
  setUploadToServer: (shouldUpload: boolean) => void (isUploading = shouldUpload),
  getLastCrashReport: () => null,
  getUploadedReports: () => [],
  addExtraParameter: (key: string, value: string) => void parameters.set(key, value),
  removeExtraParameter: (key: string) => void parameters.delete(key),
  getParameters: () => Object.fromEntries(parameters),
} satisfies Electron.CrashReporter

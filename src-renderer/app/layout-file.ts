import { deskLayout } from '../stores/desk.ts'
import { usePreferences } from '../stores/preferences.ts'
import { showNotice } from '../stores/surface.ts'
import { textIn } from '../ui/use-text.ts'

const fileName = 'ballast-layout.json'

/** No layout is near this long; a file that is, is not one. */
const bytesMax = 256 * 1024

const say = (key: Parameters<ReturnType<typeof textIn>>[0]): void => showNotice(textIn(usePreferences.getState().language)(key))

/** Hands the layout to the browser as a file. */
export function exportLayoutFile(page: Window): void {
  const layout = deskLayout()?.export()
  if (layout === undefined) return
  const address = URL.createObjectURL(new Blob([layout], { type: 'application/json' }))
  const link = page.document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The browser has begun to read by the next turn; until then the address must live.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Asks for a file and lays the desk out as it says. */
export async function importLayoutFile(page: Window): Promise<void> {
  const file = await chooseFile(page)
  if (file === undefined) return
  const isApplied = file.size <= bytesMax && deskLayout()?.import(await file.text()) === true
  say(isApplied ? 'screen.layout.imported' : 'screen.layout.not-imported')
}

function chooseFile(page: Window): Promise<File | undefined> {
  return new Promise((resolve) => {
    const field = page.document.createElement('input')
    field.type = 'file'
    field.accept = 'application/json,.json'
    field.addEventListener('change', () => resolve(field.files?.[0]), { once: true })
    field.addEventListener('cancel', () => resolve(undefined), { once: true })
    field.click()
  })
}

/** The browser has begun to read by then; until then the address must live. */
const addressLivesMs = 10_000

/** Hands something to the browser as a file. */
export function saveFile(page: Document, name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = page.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), addressLivesMs)
}

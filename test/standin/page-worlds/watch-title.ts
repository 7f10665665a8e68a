/**
 * Reports the document's title now and after each change; the DevTools protocol reports it at most once.
 * Runs in the page as its own source text: it may use nothing from outside itself.
 */
export function watchTitle(report: (title: string) => void): void {
  let last = ''
  const look = (): void => {
    if (document.title !== last) report((last = document.title))
  }
  document.addEventListener('DOMContentLoaded', () => {
    look()
    // The one element, not the document: a busy page would pay for each of its changes.
    const element = document.querySelector('title')
    if (element !== null) new MutationObserver(look).observe(element, { childList: true, characterData: true, subtree: true })
  })
}

/**
 * Tells whenever theme or palette become others, for what is drawn on canvases: they cannot read the tokens themselves. Returns what ends it.
 * A value that is written again is no news: whoever draws anew for it draws all that he has.
 */
export function onLooks(changed: () => void): () => void {
  const root = document.documentElement
  const read = (): string => `${root.dataset['theme']} ${root.dataset['palette']}`
  let shown = read()
  const looks = new MutationObserver(() => {
    if (read() === shown) return
    shown = read()
    changed()
  })
  looks.observe(root, { attributes: true, attributeFilter: ['data-theme', 'data-palette'] })
  return () => looks.disconnect()
}

import type { WebContents } from './web-contents.ts'

/** Every page there is; apart from the class, so that what the class needs can ask too. */
export const allWebContents = new Set<WebContents>()

/** The page whose main frame has this DevTools name. */
export function findByTarget(targetId: string): WebContents | undefined {
  return [...allWebContents].find((contents) => contents.target.id === targetId)
}

import { clockText, isoText } from '../../src-preload/contract/text/index.ts'

/** `14:32:02.9`: as exact as a person needs to know how old something is. */
export const tenthsClockText = (wallMs: number): string => `${clockText(wallMs)}${isoText(wallMs).slice(19, 21)}`

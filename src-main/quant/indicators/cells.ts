/**
 * The state of all indicators of one stream lies in one array of numbers, its cells. Offsets are laid out by the machine, so a
 * read cannot miss: the cast says so once for all.
 */
export const at = (cells: Float64Array, index: number): number => cells[index] as number

/** False for NaN and both infinities, without a call. */
export const isFiniteNumber = (value: number): boolean => value - value === 0

const cellsPattern = /^(?:[0-9a-f]{16})*$/
const hexOfWord = (word: number): string => word.toString(16).padStart(8, '0')

/** Sixteen hexadecimal digits for each number: unlike JSON's numbers it keeps NaN and the sign of zero. */
export function textFromCells(cells: Float64Array): string {
  const view = new DataView(cells.buffer, cells.byteOffset, cells.byteLength)
  let text = ''
  for (let offset = 0; offset < cells.byteLength; offset += 8) text += hexOfWord(view.getUint32(offset)) + hexOfWord(
    view.getUint32(offset + 4),
  )
  return text
}

/** Writes into the cells; false, and nothing written, when the text is not of as many cells. */
export function readCellsText(text: string, into: Float64Array): boolean {
  if (text.length !== into.length * 16 || !cellsPattern.test(text)) return false
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength)
  for (let word = 0; word < into.length * 2; word++) view.setUint32(
    word * 4, Number.parseInt(text.slice(word * 8, word * 8 + 8), 16),
  )
  return true
}

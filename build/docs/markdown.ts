/** As much of Markdown as the checks need: lines, code, links and the anchors of headings. */
export interface MarkdownDocument {
  /** Relative to the root of the repository, with slashes. */
  readonly path: string
  readonly lines: readonly MarkdownLine[]
}

export interface MarkdownLine {
  readonly number: number
  readonly text: string
  /** The language of the code block that the line is in, '' when it names none; undefined outside. */
  readonly block: string | undefined
}

/** A code span, or one line of a code block. */
export interface CodeText {
  readonly line: number
  readonly text: string
  readonly block: string | undefined
}

export interface Link {
  readonly line: number
  readonly target: string
  readonly isImage: boolean
}

export interface Heading {
  readonly line: number
  readonly level: number
  readonly title: string
}

const fence = /^\s*(`{3,}|~{3,})\s*([\w-]*)/

export function readMarkdown(path: string, text: string): MarkdownDocument {
  let open: { readonly mark: string; readonly language: string } | undefined
  const lines = text.split(/\r?\n/).map((line, index): MarkdownLine => {
    const [, mark, language = ''] = fence.exec(line) ?? []
    const before = open
    if (mark !== undefined && (before === undefined || mark.startsWith(before.mark))) {
      open = before === undefined ? { mark, language } : undefined
      // The fence itself is neither prose nor code.
      return { number: index + 1, text: '', block: undefined }
    }
    return { number: index + 1, text: line, block: before?.language }
  })
  return { path, lines }
}

const span = /(`+)(?!`)(.*?[^`])\1(?!`)/g

export function codeTexts(document: MarkdownDocument): readonly CodeText[] {
  return document.lines.flatMap(({ number, text, block }): readonly CodeText[] => {
    if (block !== undefined) return [{ line: number, text, block }]
    return spansOf(text).map((code) => ({ line: number, text: code, block: undefined }))
  })
}

/** In a table a bar inside code is written with a backslash. */
export const spansOf = (text: string): readonly string[] =>
  [...text.matchAll(span)].map((match) => (match[2] ?? '').replaceAll('\\|', '|').trim())

/** Lines whose code span goes on in the next line: what is in it would be checked by nothing. */
export const brokenSpans = (document: MarkdownDocument): readonly number[] =>
  proseLines(document).filter(({ text }) => text.replaceAll(span, '').includes('`')).map(({ number }) => number)

export const proseLines = (document: MarkdownDocument): readonly MarkdownLine[] =>
  document.lines.filter(({ block }) => block === undefined)

const inlineLink = /(!?)\[(?:[^\]\\]|\\.)*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g
const definition = /^\s*\[[^\]]+\]:\s*<?([^\s>]+)/
const imageTag = /<img\b[^>]*\bsrc="([^"]+)"/g

export function linksOf(document: MarkdownDocument): readonly Link[] {
  return proseLines(document).flatMap(({ number: line, text }) => {
    const prose = text.replaceAll(span, (code) => 'x'.repeat(code.length))
    const defined = definition.exec(prose)?.[1]
    return [
      ...[...prose.matchAll(inlineLink)].map((match) => ({ line, target: match[2] ?? '', isImage: match[1] === '!' })),
      // The picture inside a link, whose own brackets hide it from the pattern above.
      ...[...prose.matchAll(/\[!\[[^\]]*\]\(([^)\s]+)\)\]/g)].map((match) => ({ line, target: match[1] ?? '', isImage: true })),
      ...[...prose.matchAll(imageTag)].map((match) => ({ line, target: match[1] ?? '', isImage: true })),
      ...(defined === undefined ? [] : [{ line, target: defined, isImage: false }]),
    ]
  })
}

export function headingsOf(document: MarkdownDocument): readonly Heading[] {
  return proseLines(document).flatMap(({ number: line, text }) => {
    const [, marks = '', title] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(text) ?? []
    return title === undefined ? [] : [{ line, level: marks.length, title }]
  })
}

/** As GitHub makes them. */
export function anchorsOf(document: MarkdownDocument): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const { title } of headingsOf(document)) {
    const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[*`]/g, '').toLowerCase()
    const slug = plain.replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '').replaceAll(/\s/g, '-')
    let anchor = slug
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`
    anchors.add(anchor)
  }
  return anchors
}

/** The cells of a table's row; undefined for any other line. */
export function cellsOf(text: string): readonly string[] | undefined {
  const row = /^\s*\|(.*)\|\s*$/.exec(text)?.[1]
  return row?.split(/(?<!\\)\|/).map((cell) => cell.trim())
}

export interface TableRow {
  readonly line: number
  /** By the head of the column. */
  readonly cells: Readonly<Record<string, string>>
}

/** The rows of every table that has all these columns. */
export function tableRows(document: MarkdownDocument, columns: readonly string[]): readonly TableRow[] {
  const rows: TableRow[] = []
  let head: readonly string[] | undefined
  for (const { number: line, text } of proseLines(document)) {
    const cells = cellsOf(text)
    if (cells === undefined) head = undefined
    else if (head === undefined) head = cells
    else if (!cells.every((cell) => /^:?-+:?$/.test(cell)) && columns.every((column) => head?.includes(column))) {
      rows.push({ line, cells: Object.fromEntries(head.map((column, index) => [column, cells[index] ?? ''])) })
    }
  }
  return rows
}

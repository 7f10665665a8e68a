import type { ErrorCode } from 'yaml'

const letters = 'A value that begins with a sign stands in quotes.'

/** The parser's own sentences quote the file, which may hold a secret at the place that is wrong. */
const reasons: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'Expected no aliases.',
  BAD_ALIAS: `Expected no aliases. ${letters}`,
  BAD_COLLECTION_TYPE: 'Expected no tag before names with values.',
  BAD_DIRECTIVE: 'Expected no line that begins with %.',
  BAD_DQ_ESCAPE: 'Expected no \\ in double quotes but for what YAML knows; single quotes take everything as it is.',
  BAD_INDENT: 'Expected another indentation: what belongs together begins in the same column.',
  BAD_SCALAR_START: `Expected a value that begins otherwise. ${letters}`,
  BLOCK_AS_IMPLICIT_KEY: 'Expected one name and one value in a line.',
  BLOCK_IN_FLOW: 'Expected a comma or a closing bracket.',
  DUPLICATE_KEY: 'This name was there before in the same group.',
  KEY_OVER_1024_CHARS: 'Expected a shorter name.',
  MISSING_CHAR: 'Something is missing here: a quote, a bracket, a comma, a colon or a space.',
  MULTILINE_IMPLICIT_KEY: 'Expected a name with a colon in one line.',
  MULTIPLE_ANCHORS: 'Expected no anchors.',
  MULTIPLE_DOCS: 'Expected no second document after ---.',
  MULTIPLE_TAGS: `Expected no tags. ${letters}`,
  NON_STRING_KEY: 'Expected a name before the colon.',
  RESOURCE_EXHAUSTION: 'Expected fewer groups within groups.',
  TAB_AS_INDENT: 'Expected spaces at the beginning of the line, not tabs.',
  TAG_RESOLVE_FAILED: `Expected no tags. ${letters}`,
}

export const syntaxReason = (code: ErrorCode): string => reasons[code] ?? 'This is not YAML.'

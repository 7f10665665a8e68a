import { contract, errorCodes } from '../../src-preload/contract/index.ts'
import { codeTexts, type MarkdownDocument } from './markdown.ts'
import type { Problem } from './problem.ts'
import type { Repository } from './repository.ts'

/** Names that look like entries of the contract and are something else. */
const otherNames: Readonly<Record<string, string>> = {
  'halt.latch': 'the file that says a halt outlived its engine',
  'decimal.js': 'a package',
  'window.open': 'the browser’s own',
  'process.env': 'Node’s own',
}

const known: ReadonlySet<string> = new Set([...Object.keys(contract), ...errorCodes, ...Object.keys(otherNames)])

const fileName = /\.(?:json|js|ts|mjs|cjs|md|db|css|html|svg|png|sh|csv|yml|yaml|asar|deb|exe|dmg|zip)$/
const wholeName = /^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/
const quotedName = /['"]([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)['"]/g

/** Every noun.verb in code, alone in its span or in quotes, is an entry of the contract or the code of one of its errors. */
export function checkNames({ documents }: Repository): readonly Problem[] {
  // The references are written from the code: what looks like an entry there is a field of one.
  const byHand = documents.filter(({ path }) => !path.startsWith('docs/reference/'))
  return byHand.flatMap((document) =>
    namesIn(document)
      .filter(({ name }) => !known.has(name) && !fileName.test(name))
      .map(({ line, name }) => ({ file: document.path, line, problem: `the contract has no ${name}` })),
  )
}

function namesIn(document: MarkdownDocument): readonly { readonly line: number; readonly name: string }[] {
  return codeTexts(document).flatMap(({ line, text, block }) => {
    const quoted = [...text.matchAll(quotedName)].map((match) => match[1] ?? '')
    const names = block === undefined && wholeName.test(text) ? [text, ...quoted] : quoted
    return names.map((name) => ({ line, name }))
  })
}

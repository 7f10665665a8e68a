import type { ReactNode } from 'react'
import { fileName } from '../../format/file-name.ts'

/** A file by its name, which is long: it may take a second line. The whole path is in its title. */
export function FileFact({ name, file }: { readonly name: string; readonly file: string }): ReactNode {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd className="mono books-file" title={file}>{fileName(file)}</dd>
    </div>
  )
}

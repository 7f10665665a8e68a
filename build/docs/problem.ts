/** Something that the documentation says and that is not so. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly problem: string
}

export const printProblem = ({ file, line, problem }: Problem): string => `${file}:${line} ${problem}`

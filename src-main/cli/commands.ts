import type { Command } from './command.ts'
import { doctor } from './commands/doctor.ts'
import { halt } from './commands/halt.ts'
import { help } from './commands/help.ts'
import { resume } from './commands/resume.ts'
import { run } from './commands/run.ts'
import { schema } from './commands/schema.ts'
import { serve } from './commands/serve.ts'
import { status } from './commands/status.ts'
import { version } from './commands/version.ts'

/** The command table. Parsing, help, schemas and the written reference are all made from it. */
export const commands: readonly Command[] = [run, serve, status, halt, resume, doctor, schema, help, version]

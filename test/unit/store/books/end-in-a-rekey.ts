/** Changes the key of a file and is killed at the step that is named. */
import { rekeyFile } from '../../../../src-main/store/books/rekey-file.ts'

const [, , path = '', oldKey = '', newKey = '', last] = process.argv
rekeyFile(path, Buffer.from(oldKey, 'hex'), Buffer.from(newKey, 'hex'), (step) => {
  if (step === last) process.kill(process.pid, 'SIGKILL')
})

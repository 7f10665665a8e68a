/** The face of bookkeeping: everything around one engine that is not trading. */
export { Office } from './office.ts'
export type { OfficeEntryName, OfficeParts, StartedOffice } from './office.ts'
export { verdictOf } from './audit-verdict.ts'
export { troubleOfJournal, troubleOfVault } from './books-trouble.ts'
export type { BooksTrouble } from './books-trouble.ts'
export { journalFolder } from './profile-folder.ts'

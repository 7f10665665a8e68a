import type { Command } from './command.ts'
import { alertAcknowledge } from './commands/alert-acknowledge.ts'
import { alertList } from './commands/alert-list.ts'
import { alertSnooze } from './commands/alert-snooze.ts'
import { alertTest } from './commands/alert-test.ts'
import { auditExport } from './commands/audit-export.ts'
import { auditTail } from './commands/audit-tail.ts'
import { auditVerify } from './commands/audit-verify.ts'
import { backup } from './commands/backup.ts'
import { balances } from './commands/balances.ts'
import { doctor } from './commands/doctor.ts'
import { drillRestoreCommand } from './commands/drill-restore.ts'
import { equity } from './commands/equity.ts'
import { halt } from './commands/halt.ts'
import { help } from './commands/help.ts'
import { keysPassphrase } from './commands/keys-passphrase.ts'
import { keysRecoveryCode } from './commands/keys-recovery-code.ts'
import { keysRotate } from './commands/keys-rotate.ts'
import { keysStatus } from './commands/keys-status.ts'
import { ledgerExport } from './commands/ledger-export.ts'
import { lock } from './commands/lock.ts'
import { marketCandles } from './commands/market-candles.ts'
import { marketDemo } from './commands/market-demo.ts'
import { marketHash } from './commands/market-hash.ts'
import { marketList } from './commands/market-list.ts'
import { marketQuote } from './commands/market-quote.ts'
import { marketRecord } from './commands/market-record.ts'
import { orderAmend } from './commands/order-amend.ts'
import { orderCancel } from './commands/order-cancel.ts'
import { orderCancelAll } from './commands/order-cancel-all.ts'
import { orderClose } from './commands/order-close.ts'
import { orderList } from './commands/order-list.ts'
import { orderPlace } from './commands/order-place.ts'
import { orderShow } from './commands/order-show.ts'
import { paper } from './commands/paper.ts'
import { positions } from './commands/positions.ts'
import { quant } from './commands/quant.ts'
import { restore } from './commands/restore.ts'
import { resume } from './commands/resume.ts'
import { riskCheck } from './commands/risk-check.ts'
import { riskShow } from './commands/risk-show.ts'
import { run } from './commands/run.ts'
import { schema } from './commands/schema.ts'
import { secretSet } from './commands/secret-set.ts'
import { serve } from './commands/serve.ts'
import { settingList } from './commands/setting-list.ts'
import { settingSet } from './commands/setting-set.ts'
import { simCalibrate } from './commands/sim-calibrate.ts'
import { status } from './commands/status.ts'
import { unlock } from './commands/unlock.ts'
import { version } from './commands/version.ts'

/** The command table. Parsing, help, schemas and the written reference are all made from it. */
export const commands: readonly Command[] = [
  run, serve, status, halt, resume, lock, unlock,
  orderPlace, orderAmend, orderCancel, orderCancelAll, orderClose, orderList, orderShow, positions, balances, equity, ledgerExport,
  auditVerify, auditExport, auditTail,
  backup, restore, drillRestoreCommand,
  keysStatus, keysRotate, keysRecoveryCode, keysPassphrase, secretSet,
  alertList, alertAcknowledge, alertSnooze, alertTest,
  settingList, settingSet,
  marketList, marketQuote, marketCandles, marketRecord, marketDemo, marketHash,
  riskCheck, riskShow, quant, simCalibrate, paper, doctor, schema, help, version,
]

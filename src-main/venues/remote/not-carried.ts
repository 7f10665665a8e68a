import type { VenueReport, VenueRequest } from '../../domain/index.ts'

/** What can be told of a request that never left this process; nothing of one that asks for no answer. */
export function notCarried(request: VenueRequest, at: number, why: string): VenueReport | undefined {
  const told = { at, account: request.account }
  switch (request.kind) {
    case 'send-order': return { kind: 'send-not-sent', ...told, order: request.order, proof: why }
    case 'send-cancel': return { kind: 'cancel-reported', ...told, order: request.order, outcome: 'not-sent', detail: why }
    case 'send-amend': return { kind: 'amend-reported', ...told, order: request.order, amendment: request.amendment, outcome: 'not-sent', detail: why }
    case 'look-up-order': return { kind: 'lookup-reported', ...told, order: request.order, askedAt: at, answer: { kind: 'failed', why } }
    case 'fetch-epoch': {
      const failed = { ok: false, why } as const
      return {
        kind: 'epoch-reported', ...told, epoch: request.epoch, askedAt: at, since: request.since,
        openOrders: failed, closedOrders: failed, trades: failed, positions: failed, balances: failed, postings: failed,
      }
    }
    case 'cancel-everything': return undefined
  }
}

import { ensureDefined } from '../base/index.ts'
import type { OrderId } from '../domain/index.ts'
import type { AccountState, EngineState } from './engine-state.ts'
import type { OurOrder } from './our-order.ts'

/** What an event names was there when it was decided, so it is there when it is applied. */
export const accountIn = (state: EngineState, account: string): AccountState => ensureDefined(state.accounts.get(account), 'the account of an event')
export const orderIn = (state: EngineState, order: OrderId): OurOrder => ensureDefined(state.orders.get(order), 'the order of an event')

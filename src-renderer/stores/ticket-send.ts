/** The press that the ticket on the screen would take now: its key acts wherever the keyboard is. */
let press: (() => void) | undefined

/** Returns what takes it back. */
export function offerTicketSend(offered: () => void): () => void {
  press = offered
  return () => {
    if (press === offered) press = undefined
  }
}

export const hasTicket = (): boolean => press !== undefined

export const pressTicket = (): void => press?.()

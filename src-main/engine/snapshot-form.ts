/** Which version of the engine's state a snapshot holds. Raised with every change of what a snapshot has: one of another form is passed over, and the events replayed. */
export const snapshotForm = 2

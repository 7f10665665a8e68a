import { expect, it } from 'vitest'
import { snapshotForm } from '../../../../src-main/engine/index.ts'
import { projectionVersion } from '../../../../src-main/store/books/projection/placements.ts'

it('fills the tables of trading anew whenever the books that count their money are written down in another form', () => {
  // The count of all money in the read model is a snapshot of the engine's books: who changes its form raises the version of the projection as well.
  expect({ snapshotForm, projectionVersion }).toEqual({ snapshotForm: 2, projectionVersion: 3 })
})

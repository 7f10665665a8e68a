import { createBoundsChecker } from './bounds.ts'
import { createContingencyChecker } from './contingency.ts'
import { createEvidenceChecker } from './evidence.ts'
import { createExposureChecker } from './exposure.ts'
import { createFillsChecker } from './fills.ts'
import { createIntentsChecker } from './intents.ts'
import { createMoneyChecker } from './money.ts'
import { createRecordChecker } from './record.ts'
import type { Checker, Scene } from './scene.ts'
import { createSendsChecker } from './sends.ts'
import { createObedienceChecker } from './obedience.ts'
import { createTermsChecker } from './terms.ts'
import { createTriggersChecker } from './triggers.ts'
import { createStopCoverChecker } from './stop-cover.ts'
import { createStoppingChecker } from './stopping.ts'

/** One checker for each group of invariants; none of them knows the engine. */
export const createCheckers = (scene: Scene): readonly Checker[] => [
  createSendsChecker(scene), createIntentsChecker(scene), createFillsChecker(scene), createMoneyChecker(scene), createExposureChecker(scene),
  createStoppingChecker(scene), createRecordChecker(scene), createEvidenceChecker(scene), createBoundsChecker(scene), createContingencyChecker(scene),
  createStopCoverChecker(scene), createTermsChecker(scene), createTriggersChecker(scene), createObedienceChecker(scene),
]
export { Court, invariantIds } from './court.ts'
export type { Violation } from './court.ts'
export type { Answered, Checker, Departure, EngineSight, Recovery, Scene, SceneFacts, SimEvent, SimInput, Step, TruthOrder, VenueTruth } from './scene.ts'
export { tradeKey, Witness } from './witness.ts'
export type { SeenOrder } from './witness.ts'

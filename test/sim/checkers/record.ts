import type { Checker, Recovery, Scene } from './scene.ts'

/** I14 whatever is changed in the durable part is noticed; I15 what comes back is what was written, from the first record on, and no less than was durable. */
export function createRecordChecker({ court }: Scene): Checker {
  return {
    recovered({ live, durableCount, recovered, noticedTampering }: Recovery) {
      if (noticedTampering !== undefined) court.check('I14', noticedTampering, () => 'a changed byte in the durable part was read as if nothing were')
      court.check('I15', recovered.length >= durableCount, () => `${recovered.length} records came back of ${durableCount} durable ones`)
      court.check('I15', recovered.length <= live.length, () => `${recovered.length} records came back of ${live.length} that were written`)
      const isPrefix = recovered.every((event, index) => event.sequence === live[index]?.sequence && event.kind === live[index]?.kind)
      court.check('I15', isPrefix, () => 'what came back is not the beginning of what was written')
      const isGapless = recovered.every(({ sequence }, index) => index === 0 || sequence === (recovered[index - 1]?.sequence ?? 0) + 1)
      court.check('I14', isGapless, () => 'the numbers of what came back have a gap')
    },
  }
}

/** Runs the conformance suite inside the window's page, over the line that its preload hands out. */
import '../../../src-renderer/bridge/zod-without-eval.ts'
import { createElectronCarrier } from '../../../src-renderer/bridge/electron-carrier.ts'
import type { PreloadFace } from '../../../src-preload/contract/index.ts'
import { conformanceCases, type CarrierUnderTest } from '../../contract/conformance/cases.ts'

const { ballast } = window as unknown as { readonly ballast: PreloadFace }
const carrier: CarrierUnderTest = {
  connect: () => createElectronCarrier(ballast).connect(),
  hasAccessLevels: false,
  refusesForeignNames: true,
}

Object.assign(window, {
  conformance: {
    names: conformanceCases.map(({ name }) => name),
    run: async (name: string): Promise<string> => {
      try {
        await conformanceCases.find((each) => each.name === name)?.run(carrier)
        return 'passed'
      } catch (error) {
        return error instanceof Error ? (error.stack ?? error.message) : String(error)
      }
    },
  },
})

export { Engine } from './engine.ts'
export type { EngineInput, EngineRequest, Outcome } from './engine.ts'

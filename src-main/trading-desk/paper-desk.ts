import type { Contract, InputOf, OutputOf, Reply } from '../../src-preload/contract/index.ts'

type Told<Name extends 'paper.weather' | 'paper.set-weather' | 'paper.reset'> = Promise<Reply<OutputOf<Contract[Name]>>>

/** The simulated exchange as far as a person may change it; only profiles that trade on it have one. */
export interface PaperDesk {
  weather(): Told<'paper.weather'>
  setWeather(wish: InputOf<Contract['paper.set-weather']>): Told<'paper.set-weather'>
  reset(wish: InputOf<Contract['paper.reset']>): Told<'paper.reset'>
}

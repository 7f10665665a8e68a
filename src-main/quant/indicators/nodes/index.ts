/** The nodes that indicators are made of. */
export { change, delay, gain, logReturn, loss, mapChange, simpleReturn, stride } from './history.ts'
export {
  add, balance, magnitude, map1, map2, map3, map4, middle, multiply, offsetBy, position, ratio, scale, share, subtract, tap,
  withhold,
} from './pointwise.ts'
export { averagePrice, medianPrice, priceNames, priceOf, trueRange, typicalPrice, weightedClose } from './price.ts'
export { cumulative, ema, exponential, wilder, type Seed } from './smoothing.ts'
export { highest, lowest, mean, sum } from './window-fold.ts'
export { deviation, overWindow, overWindows, variance, weigh } from './window-shape.ts'
export { filterTwice, recur, sumOfSession } from './recursion.ts'
export { positionInRange, positionOfClose, relativeStrength } from './oscillators.ts'

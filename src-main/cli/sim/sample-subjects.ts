/** What recorded numbers may be: the gaps between trades, their sizes, delays, parts of an order that a fill took, counts of fills; or not said. */
export const sampleSubjects = ['arrivals', 'sizes', 'latency', 'ratio', 'counts', 'any'] as const
export type SampleSubject = (typeof sampleSubjects)[number]

export const sampleLawNames = ['exponential', 'gamma', 'lognormal', 'pareto', 'beta', 'poisson'] as const
export type SampleLawName = (typeof sampleLawNames)[number]

/** Which laws come into question for what. */
export const lawsOf: Readonly<Record<SampleSubject, readonly SampleLawName[]>> = {
  arrivals: ['exponential', 'gamma', 'lognormal'],
  sizes: ['lognormal', 'pareto'],
  latency: ['lognormal'],
  ratio: ['beta'],
  counts: ['poisson'],
  any: sampleLawNames,
}

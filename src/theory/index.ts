/** The paper's predictions, computed: the public namespace `theory`. No simulation, no randomness, no WASM. */
export { bias } from "./bias.ts";
/** The kinetic theory of the billiards of section 2.1. */
export * as billiards from "./billiards/index.ts";
export { conductivityExpansion, type ConductivityExpansion, continuum, type Continuum } from "./continuum.ts";
export { covariance } from "./covariance.ts";
export { currentVariance } from "./currentVariance.ts";
export { diffusion, type DiffusionOptions } from "./diffusion.ts";
export { drift, jacobian } from "./drift.ts";
export { entropyProduction, type EntropyProduction } from "./entropy.ts";
export { type Equilibrium, equilibrium } from "./equilibrium.ts";
export { exactMoments, type ExactMoments } from "./exactMoments.ts";
export { exchangeMoments } from "./exchangeMoments.ts";
export { finiteSize, type FiniteSize } from "./finiteSize.ts";
export { affinity } from "./largeDeviations/affinity.ts";
export type { Course, MomentumCourse } from "./largeDeviations/courses.ts";
export {
  type CurrentGenerating,
  type CurrentLargeDeviations,
  currentLargeDeviations,
  type CurrentRateFunction,
  currentRateFunction,
} from "./largeDeviations/current.ts";
export type { RareEvent } from "./largeDeviations/event.ts";
export { exchangeGenerating } from "./largeDeviations/exchangeGenerating.ts";
export type { Side } from "./largeDeviations/gamma.ts";
export {
  type EnergyTail,
  type HiddenLaw,
  type HiddenTemperatures,
  hiddenTemperatures,
} from "./largeDeviations/hiddenTemperatures.ts";
export { instanton, type Instanton } from "./largeDeviations/instanton.ts";
export { quasiPotential, type QuasiPotential } from "./largeDeviations/quasiPotential.ts";
export { limit } from "./limit.ts";
export { limitPath } from "./limitPath.ts";
export { longRangeCorrelations, type LongRangeCorrelations } from "./longRange.ts";
export { propagator } from "./propagator.ts";
export { rate } from "./rates.ts";
export { slowestRate, stationaryBias, type StationaryBias, stationaryCovariance } from "./stationary.ts";
export type { Subject, SubjectOptions } from "./subject.ts";
export { wassersteinConstant } from "./wasserstein.ts";

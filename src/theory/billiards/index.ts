/** The kinetic theory of the billiards of section 2.1: the public namespace `theory.billiards`. */
export {
  collidingEnergyCdf,
  collidingEnergyDensity,
  collidingEnergyDistance,
  collidingShareCdf,
  collidingShareDensity,
  collidingShareDistance,
  meanCollidingEnergy,
  meanCollidingEnergyGiven,
  pairShareCdf,
  pairShareDensity,
  pairShareDistance,
  pairShareVariance,
} from "./collidingEnergies.ts";
export { contactMeasure, contactMeasureOfHole, overlapMeasure } from "./contacts.ts";
export { excludedArea, excludedAreaAtContact } from "./exclusion.ts";
export { freeArea, type Holes, type Outline } from "./freeArea.ts";
export { meanRate, rateConstant, type RateConstant, rateGiven, wallRate } from "./rate.ts";
export {
  redistributionCdf,
  redistributionCorrelation,
  redistributionMean,
  transferCoefficient,
} from "./redistribution.ts";
export { meanRelativeSpeed, microcanonicalRelativeSpeed } from "./relativeSpeed.ts";
export { cellEnergyCdf, cellEnergyVariance } from "./stationary.ts";

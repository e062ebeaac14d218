/**
 * Rare events of the chain and large deviations of its current, simulated: paths that are guided there, with exact weights.
 * @module mesoflux/rare
 */
export { rareEvent, replayRareEvent, type RareEventResult } from "./rareEvent.ts";
export {
  currentStatistics,
  replayCurrentStatistics,
  type CurrentStatisticsCertificate,
  type CurrentStatisticsOptions,
  type CurrentStatisticsResult,
} from "./currentStatistics.ts";
export type { RareEventCertificate } from "./certificate.ts";
export type { RareEventEstimate } from "./estimate.ts";
export type { RareEventOptions } from "./options.ts";
export type { RareMethod } from "./run.ts";
export type { PlainCheck } from "./plainCheck.ts";
export type { Probability, Weighed } from "./weights.ts";
export {
  AbortedError,
  InvalidInputError,
  MesofluxError,
  OutOfMemoryError,
  WorkerError,
  type Problem,
} from "../errors.ts";
export type { Replay as RareEventReplay } from "../ensemble/simulate.ts";
export type { Span } from "../ensemble/alignedTree.ts";
export type { Progress } from "../progress.ts";
export type { RareEvent } from "../theory/largeDeviations/event.ts";
export type { Course, MomentumCourse } from "../theory/largeDeviations/courses.ts";
export type { Instanton } from "../theory/largeDeviations/instanton.ts";

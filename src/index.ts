/**
 * The public table of contents: models, simulation, expectations, theory, verification, and their errors.
 * @module mesoflux
 */
export { configure, type Configuration } from "./configure.ts";
export {
  BATHS,
  defineModel,
  EXCHANGES,
  RATE_LAWS,
  STARTS,
  TIMESCALES,
  type Bath,
  type DrawnStart,
  type Exchange,
  type Model,
  type ModelInput,
  type Rate,
  type RateInput,
  type RateLaw,
  type Timescale,
} from "./model.ts";
export {
  AbortedError,
  EngineMismatchError,
  InvalidInputError,
  LeftConeError,
  MesofluxError,
  OutOfMemoryError,
  RateBoundError,
  SeveralEquilibriaError,
  StoreError,
  WorkerError,
  type Problem,
  type RateFault,
} from "./errors.ts";
export { HostError } from "./host.ts";
export { NotExpandedError, NotSmoothError } from "./theory/smoothness.ts";
export { replay, simulate, trajectory, type Replay, type Trajectory, type WhereRan } from "./ensemble/simulate.ts";
export { follow, type Path } from "./ensemble/follow.ts";
export type { Ran } from "./ensemble/workerPool.ts";
export type { AbortSignalLike } from "./aborts.ts";
export type { Certificate } from "./ensemble/runSpec.ts";
export type { Ensemble } from "./ensemble/reducers/moments.ts";
export type { LookPlan, SteadyState } from "./ensemble/reducers/steadyState.ts";
export type {
  FollowOptions,
  LookOptions,
  SimulateOptions,
  SteadyStateOptions,
  TrajectoryOptions,
} from "./ensemble/options.ts";
export type { Progress } from "./progress.ts";
export type { Span } from "./ensemble/alignedTree.ts";
export { expectations } from "./estimate/expectations.ts";
export type { Expectations, Quantities } from "./estimate/result.ts";
export type { ExpectationsOptions } from "./estimate/options.ts";
export { METHODS, MOMENTS, type Method, type Moments } from "./kernel.ts";
/** The paper's predictions, computed apart from the simulation: no randomness, no WebAssembly. */
export * as theory from "./theory/index.ts";
/** Theory and simulation held against each other, theorem by theorem. */
export * as verify from "./verify/index.ts";
export type { Axis, Check, Figure, Mark, Report, Series, Table } from "./report/data.ts";

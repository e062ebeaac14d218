/**
 * The billiards from which the chain of cells comes: disks in cells that collide through holes, simulated to the last bit.
 * @module mesoflux/billiards
 */
export { contactConstant, type ContactConstant, type ContactOptions } from "./contacts.ts";
export { CrowdedTableError } from "./errors.ts";
export {
  defineBilliards,
  BILLIARD_BATHS,
  type BilliardBath,
  type Billiards,
  type BilliardsInput,
  type Shape,
} from "./table.ts";
export { replayBilliards, simulateBilliards, type BarrierCollisions, type BilliardsResult } from "./simulate.ts";
export { followBilliards, type BarrierCollision, type BilliardsPath } from "./follow.ts";
export type { BilliardsCertificate } from "./certificate.ts";
export type { Checkpoint } from "./checkpoint.ts";
export type { BilliardsOptions, FollowBilliardsOptions } from "./options.ts";
export {
  AbortedError,
  InvalidInputError,
  MesofluxError,
  OutOfMemoryError,
  WorkerError,
  type Problem,
} from "../errors.ts";
export type { Replay as BilliardsReplay } from "../ensemble/simulate.ts";
export type { Span } from "../ensemble/alignedTree.ts";
export type { Progress } from "../progress.ts";

/**
 * Two replicas side by side, for methods that do the same to every replica: one in either lane of each vector.
 *
 *   ┌──────────────┬──────────────┬──────────────┬────────────────────┐
 *   │ energies     │ stage        │ flows        │ normals            │   v128 each
 *   │ E_0..E_{N+1} │ Y_0..Y_{N+1} │ q_0..q_N     │ max(N+1, BATCH)+1  │
 *   └──────────────┴──────────────┴──────────────┴────────────────────┘
 *
 * They lie where the exact method has its slots, which need more room at every N. What happens in one lane never depends
 * on the other, so a replica does not depend on its neighbour.
 */
import { cells, countObservation, leftTemperature, rightTemperature, State } from "./state";

/** The least number of normals drawn at a time. */
export const BATCH: i32 = 64;

/** The energy that the left bath has given each replica since time 0. */
const INFLOWS: usize = memory.data(16, 16);

let stageAt: usize = 0;
let flowsAt: usize = 0;
let normalsAt: usize = 0;
/** Address of the first replica's first observation. */
let observationsOfFirst: usize = 0;
/** Bytes from an observation of the first replica to the same of the second. */
let toSecond: usize = 0;

export class Lanes {
  /** Puts two replicas at time 0, the first at this place in its chunk and the second at the next. */
  static begin(place: u64): void {
    const energies = Lanes.energies;
    const row = (<usize>(cells + 2)) << 4;
    stageAt = energies + row;
    flowsAt = stageAt + row;
    normalsAt = flowsAt + ((<usize>(cells + 1)) << 4);
    observationsOfFirst = State.observation(place);
    toSecond = State.observation(place + 1) - observationsOfFirst;
    v128.store(INFLOWS, f64x2.splat(0));
    Lanes.setBoth(0, leftTemperature);
    const first = State.start(place);
    const other = State.start(place + 1);
    for (let k = 1; k <= cells; k++) {
      const at = (<usize>(k - 1)) << 3;
      const pair = f64x2.replace_lane(f64x2.splat(load<f64>(first + at)), 1, load<f64>(other + at));
      v128.store(energies + ((<usize>k) << 4), pair);
    }
    Lanes.setBoth(cells + 1, rightTemperature);
    memory.copy(stageAt, energies, row);
  }

  private static setBoth(k: i32, energy: f64): void {
    v128.store(Lanes.energies + ((<usize>k) << 4), f64x2.splat(energy));
  }

  /** Addresses of the first vector of each array. */
  @inline static get energies(): usize {
    return State.slots;
  }
  @inline static get stage(): usize {
    return stageAt;
  }
  @inline static get flows(): usize {
    return flowsAt;
  }
  @inline static get normals(): usize {
    return normalsAt;
  }

  @inline static addInflow(flow: v128): void {
    v128.store(INFLOWS, f64x2.add(v128.load(INFLOWS), flow));
  }

  /** Writes down the energies and the inflow of both replicas as their next observation. */
  static observe(): void {
    const at = observationsOfFirst + State.toNextObservation;
    for (let k = 1; k <= cells; k++) {
      Lanes.observeOne(at + ((<usize>(k - 1)) << 3), v128.load(Lanes.energies + ((<usize>k) << 4)));
    }
    Lanes.observeOne(at + ((<usize>cells) << 3), v128.load(INFLOWS));
    countObservation();
  }

  @inline private static observeOne(at: usize, pair: v128): void {
    store<f64>(at, f64x2.extract_lane(pair, 0));
    store<f64>(at + toSecond, f64x2.extract_lane(pair, 1));
  }
}

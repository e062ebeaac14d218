/** The three methods behind the same verbs. */
import { METHOD_DIRECT, METHOD_EXACT, METHOD_MESOSCOPIC } from "./abi";
import { Direct } from "./direct";
import { Exact } from "./exact";
import { chooseLoop } from "./exchange";
import { Mesoscopic } from "./mesoscopic";

let method: i32 = METHOD_EXACT;

export class Method {
  /** For runs of the present model and memory. Returns whether there is a method of this code. */
  static choose(code: i32): bool {
    method = code;
    chooseLoop();
    return code == METHOD_EXACT || code == METHOD_DIRECT || code == METHOD_MESOSCOPIC;
  }

  /** The number of replicas that run at once, where there are several to run. */
  static get lanes(): i32 {
    return method == METHOD_MESOSCOPIC ? 2 : 1;
  }

  /** Begins the replicas `first` to `last`, the first at this place in its chunk. */
  static begin(first: u64, last: u64, place: u64): void {
    if (method == METHOD_DIRECT) Direct.begin(first, place);
    else if (method == METHOD_MESOSCOPIC) Mesoscopic.begin(first, last, place);
    else Exact.begin(first, place);
  }

  /** Goes on for a while, at most up to the next observation. Returns the work, in candidates of the exact method. */
  static advance(): f64 {
    if (method == METHOD_DIRECT) return Direct.advance();
    return method == METHOD_MESOSCOPIC ? Mesoscopic.advance() : Exact.advance();
  }

  /** Makes the next observation, whose time has been set anew, the one to run to. */
  static aim(): void {
    if (method == METHOD_MESOSCOPIC) Mesoscopic.aim();
    else if (method != METHOD_DIRECT) Exact.aim();
  }

  /** The time at which the replica in this lane left the cone of positive energies, or -1. */
  static leftAt(lane: i32): f64 {
    return method == METHOD_MESOSCOPIC ? Mesoscopic.leftAt(lane) : -1;
  }
}

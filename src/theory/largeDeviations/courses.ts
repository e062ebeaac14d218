/** Courses of the energies in time, as results have them, and the paths they are read from. */
import type { Model } from "../../model.ts";
import { exp } from "../../rate/elementary.ts";
import type { Units } from "../units.ts";
import type { Path } from "./boundary.ts";

/** Energies along a course in time. */
export interface Course {
  /** S+1 times, increasing, in units of `model.timescale`. */
  readonly times: Float64Array;
  /** The energies at these times: (S+1)×N, row-major. */
  readonly energies: Float64Array;
}

/** A course with its momenta. */
export interface MomentumCourse extends Course {
  /** θ at these times, in 1/energy: (S+1)×N, row-major. */
  readonly momenta: Float64Array;
}

/** E at a path's nodes: (S+1)×N. */
export function energyRows({ cells: N }: Model, { energy }: Units, path: Path): Float64Array {
  return rows(N, path, (nodes, state, k) => exp(nodes[state + k]) * energy);
}

/** θ at a path's nodes: (S+1)×N. */
export function momentumRows({ cells: N }: Model, { energy }: Units, path: Path): Float64Array {
  return rows(N, path, (nodes, state, k, n) => nodes[state + n + k] / exp(nodes[state + k]) / energy);
}

/** One row of `count` entries for each node; the state of n coordinates begins at an entry of the nodes. */
export function rows(
  count: number,
  { times, nodes }: Path,
  entryOf: (nodes: Float64Array, state: number, column: number, n: number) => number,
): Float64Array {
  const width = nodes.length / times.length;
  return Float64Array.from({ length: times.length * count }, (_, at) => {
    return entryOf(nodes, Math.floor(at / count) * width, at % count, width / 2);
  });
}

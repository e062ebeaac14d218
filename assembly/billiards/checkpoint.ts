/** A replica's state as an array of numbers: the clock, the generator, the energies, the batch, and each disk. */
import { Random } from "../random";
import { batchLength, CHECKPOINT_HEADER } from "./abi";
import { collisions, leftDraw, now, origin, resume, rightDraw, setClock } from "./events";
import { integratedTo, setIntegrated } from "./observe";
import { cells, checkpointAt, Disk, disks, energiesAt } from "./state";

/** The header's bytes, of which the last are the generator's four words; energies and batch follow, then the disks. */
const HEADER: usize = CHECKPOINT_HEADER * 8;
const GENERATOR: usize = HEADER - 32;

/** Bytes of the energies and of the batch, which stand one after the other in memory, too. */
function sums(): usize {
  return (<usize>cells + <usize>batchLength(cells)) << 3;
}

/** Writes the state, which stays as it is. */
export function save(): void {
  const at = checkpointAt;
  memory.fill(at, 0, HEADER);
  store<f64>(at, now);
  store<f64>(at, origin, 8);
  store<f64>(at, <f64>collisions, 16);
  store<f64>(at, leftDraw, 24);
  store<f64>(at, rightDraw, 32);
  store<f64>(at, integratedTo(), 40);
  Random.save(at + GENERATOR);
  memory.copy(at + HEADER, energiesAt, sums());
  let to = at + HEADER + sums();
  for (let disk = 0; disk < disks; disk++, to += 40) memory.copy(to, Disk.at(disk), 40);
}

/** Goes on from the state that stands there. */
export function restore(): void {
  const at = checkpointAt;
  setClock(load<f64>(at), load<f64>(at, 8), <i32>load<f64>(at, 16), load<f64>(at, 24), load<f64>(at, 32));
  setIntegrated(load<f64>(at, 40));
  Random.startFrom(at + GENERATOR);
  memory.copy(energiesAt, at + HEADER, sums());
  let from = at + HEADER + sums();
  for (let disk = 0; disk < disks; disk++, from += 40) memory.copy(Disk.at(disk), from, 40);
  resume();
}

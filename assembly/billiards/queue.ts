/**
 * The queue of the disks' next events: constant cost an event for any number of disks.
 *
 * Time is cut into slots of equal width. The disks whose events are in a slot are a list, linked through the disks' own
 * records (state.ts), so that the queue has no memory but the lists' heads, and a disk is taken out when it gets another event;
 * that gained 3 to 13% over notes that stay behind until their slot comes. The list of the present slot is kept in order.
 * Slots share `buckets` lists in turns, so a disk may wait there for several rounds (after Paul 2007, whose present slot is
 * a tree).
 */
import { fetchBins } from "./bins";
import { buckets, bucketsAt, disks, Times } from "./state";

/** Disks that the present slot should have: 0.5 and 4 cost 0 to 7% in trials, 1 as much as 2. */
const DISKS_A_SLOT: f64 = 2;

/** Slots per unit of time; and the present slot. */
let density: f64 = 1;
let present: i64 = 0;
/** Events since the queue was cleared. */
let taken: i32 = 0;

/** Empties the queue and starts it at a time, 0 or later, for this many events a unit of time. */
export function clearQueue(time: f64, rate: f64): void {
  density = rate / DISKS_A_SLOT;
  for (let bucket = 0; bucket <= buckets; bucket++) store<i32>(bucketsAt + ((<usize>bucket) << 2), -1);
  for (let disk = 0; disk < disks; disk++) Times.setEvent(disk, NaN);
  taken = 0;
  present = slotOf(time);
}

/** Events that were taken since it was cleared. */
export function takenEvents(): i32 {
  return taken;
}

/** Sets when a disk's next event is. */
export function schedule(disk: i32, time: f64): void {
  const old = Times.event(disk);
  if (old == time) return;
  if (old < Infinity) takeOut(disk, listOf(slotOf(old)));
  Times.setEvent(disk, time);
  if (time < Infinity) {
    const slot = slotOf(time);
    if (slot > present) push(disk, bucketOf(slot));
    else toFront(disk, time);
  }
}

/** The disk whose event is next, if that is no later than `until`; else -1. */
export function nextDisk(until: f64): i32 {
  let disk = load<i32>(frontAt());
  while (disk < 0) {
    if (present >= slotOf(until)) return -1;
    turn();
    disk = load<i32>(frontAt());
  }
  if (Times.event(disk) > until) return -1;
  store<i32>(frontAt(), load<i32>(Times.nextAt(disk)));
  // It has none until it is scheduled again, be it for the same time.
  Times.setEvent(disk, NaN);
  taken++;
  return disk;
}

/** Sorts the disks of the next slot into the front. */
function turn(): void {
  present++;
  const bucket = bucketOf(present);
  let disk = load<i32>(bucket);
  store<i32>(bucket, -1);
  while (disk >= 0) {
    const next = load<i32>(Times.nextAt(disk));
    const time = Times.event(disk);
    if (slotOf(time) > present) push(disk, bucket);
    else {
      fetchBins(disk);
      toFront(disk, time);
    }
    disk = next;
  }
}

/**
 * The slot of a time: time times density plus 2^52, which rounds it to an integer, as the bits of that sum. Those of
 * positive numbers are in the order of the numbers, up to infinity.
 */
function slotOf(time: f64): i64 {
  return reinterpret<i64>(time * density + 4503599627370496);
}

function bucketOf(slot: i64): usize {
  return bucketsAt + (((<usize>slot) & (<usize>(buckets - 1))) << 2);
}

/** The list of the present slot stands behind the buckets. */
function frontAt(): usize {
  return bucketsAt + ((<usize>buckets) << 2);
}

function listOf(slot: i64): usize {
  return slot > present ? bucketOf(slot) : frontAt();
}

function push(disk: i32, bucket: usize): void {
  store<i32>(Times.nextAt(disk), load<i32>(bucket));
  store<i32>(bucket, disk);
}

function takeOut(disk: i32, list: usize): void {
  let link = list;
  for (let other = load<i32>(link); other != disk; other = load<i32>(link)) link = Times.nextAt(other);
  store<i32>(link, load<i32>(Times.nextAt(disk)));
}

/** Of two events at the same time that of the lower disk is the first. */
function toFront(disk: i32, time: f64): void {
  let link = frontAt();
  let after = load<i32>(link);
  while (after >= 0 && (Times.event(after) < time || (Times.event(after) == time && after < disk))) {
    link = Times.nextAt(after);
    after = load<i32>(link);
  }
  store<i32>(Times.nextAt(disk), after);
  store<i32>(link, disk);
}

/**
 * The queue of the disks' next events: constant cost an event for any number of disks.
 *
 * Time is cut into slots of equal width. A disk's event is a note in the list of its slot, and a disk that gets another event
 * leaves its old note behind, to be thrown away when that slot comes. The notes of the present slot are kept in order.
 * Slots share `buckets` lists in turns, so a note may wait there for several rounds (after Paul 2007, whose lists let notes be
 * taken out, and whose present slot is a tree).
 *
 *   0           8        12      16
 *   ┌───────────┬────────┬───────┐
 *   │ time      │ disk   │ next  │   a note
 *   └───────────┴────────┴───────┘
 */
import { buckets, bucketsAt, disks, nodes, nodesAt, Times } from "./state";

/** Notes that the present slot should have. Measured from 1 to 8 (bench/billiards.mjs). */
const NOTES_A_SLOT: f64 = 2;
/** No slot: beyond all that can be reached. */
const FAR: f64 = 1e15;

/** Slots per unit of time; the present slot; its first note, in order of time; the first note that is free. */
let density: f64 = 1;
let present: i64 = 0;
let front: i32 = -1;
let free: i32 = -1;
/** Events since the queue was cleared. */
let taken: i32 = 0;

/** Empties the queue and starts it at a time, 0 or later, for this many events a unit of time. */
export function clearQueue(time: f64, rate: f64): void {
  density = rate / NOTES_A_SLOT;
  for (let bucket = 0; bucket < buckets; bucket++) store<i32>(bucketsAt + ((<usize>bucket) << 2), -1);
  for (let note = 0; note < nodes; note++) Note.setNext(note, note + 1 < nodes ? note + 1 : -1);
  free = 0;
  front = -1;
  taken = 0;
  present = slotOf(time);
}

/** Events that were taken since it was cleared. */
export function takenEvents(): i32 {
  return taken;
}

/** Sets when a disk's next event is. */
export function schedule(disk: i32, time: f64): void {
  if (Times.event(disk) == time) return;
  Times.setEvent(disk, time);
  post(disk, time);
}

/** The disk whose event is next, if that is no later than `until`; else -1. */
export function nextDisk(until: f64): i32 {
  while (true) {
    while (front < 0) {
      if (present >= slotOf(until)) return -1;
      turn();
    }
    const note = front;
    const time = Note.time(note);
    const disk = Note.disk(note);
    if (Times.event(disk) == time) {
      if (time > until) return -1;
      release(note);
      // It has none until it is scheduled again, be it for the same time.
      Times.setEvent(disk, NaN);
      taken++;
      return disk;
    }
    release(note);
  }
}

/** Sorts the notes of the next slot into the front. */
function turn(): void {
  present++;
  const bucket = bucketOf(present);
  let note = load<i32>(bucket);
  store<i32>(bucket, -1);
  while (note >= 0) {
    const next = Note.next(note);
    const time = Note.time(note);
    if (Times.event(Note.disk(note)) != time) toFree(note);
    else if (slotOf(time) > present) toBucket(note, bucket);
    else toFront(note, time);
    note = next;
  }
}

function post(disk: i32, time: f64): void {
  if (!(time < Infinity)) return;
  if (free < 0) return rewrite();
  const note = free;
  free = Note.next(note);
  Note.write(note, time, disk);
  const slot = slotOf(time);
  if (slot > present) toBucket(note, bucketOf(slot));
  else toFront(note, time);
}

/** Throws all notes away and writes those that hold: there is room, since each disk has one. */
function rewrite(): void {
  const events = taken;
  const slot = present;
  clearQueue(0, density * NOTES_A_SLOT);
  taken = events;
  present = slot;
  for (let disk = 0; disk < disks; disk++) post(disk, Times.event(disk));
}

class Note {
  @inline static at(note: i32): usize {
    return nodesAt + ((<usize>note) << 4);
  }
  @inline static time(note: i32): f64 {
    return load<f64>(Note.at(note));
  }
  @inline static disk(note: i32): i32 {
    return load<i32>(Note.at(note), 8);
  }
  @inline static next(note: i32): i32 {
    return load<i32>(Note.at(note), 12);
  }
  @inline static setNext(note: i32, next: i32): void {
    store<i32>(Note.at(note), next, 12);
  }
  @inline static write(note: i32, time: f64, disk: i32): void {
    store<f64>(Note.at(note), time);
    store<i32>(Note.at(note), disk, 8);
  }
}

function slotOf(time: f64): i64 {
  return <i64>min(time * density, FAR);
}

function bucketOf(slot: i64): usize {
  return bucketsAt + (((<usize>slot) & (<usize>(buckets - 1))) << 2);
}

function toBucket(note: i32, bucket: usize): void {
  Note.setNext(note, load<i32>(bucket));
  store<i32>(bucket, note);
}

/** Of two events at the same time that of the lower disk is the first. */
function toFront(note: i32, time: f64): void {
  const disk = Note.disk(note);
  let before = -1;
  let after = front;
  while (after >= 0 && (Note.time(after) < time || (Note.time(after) == time && Note.disk(after) < disk))) {
    before = after;
    after = Note.next(after);
  }
  Note.setNext(note, after);
  if (before < 0) front = note;
  else Note.setNext(before, note);
}

/** Frees the first note of the front. */
function release(note: i32): void {
  front = Note.next(note);
  toFree(note);
}

function toFree(note: i32): void {
  Note.setNext(note, free);
  free = note;
}

/** The tab's sentences. */
import type { BarrierCollision, Billiards } from "mesoflux/billiards";
import { show } from "../dom.ts";

/** How far the curves can be trusted. */
export function noteOf({ cells, temperatures, bath }: Billiards): string {
  if (!temperatures) {
    if (cells === 1) return "A closed cell has no neighbour, and exchanges nothing: take two.";
    return (
      "A closed table begins in equilibrium, where kinetic theory is exact, however many cells there are. The paper takes " +
      "the disk that meets another for any disk of its cell; but fast ones meet others more often."
    );
  }
  const note =
    "Between baths theory is of leading order: the profile is that of the chain of colliding disks, and the share that of " +
    "cells of one temperature.";
  if (bath === "maxwell") return note;
  return (
    `${note} A bath of the paper is drawn anew after each collision, for which it waits the longer the colder it is: with ` +
    "few disks the chain is colder than its curve."
  );
}

/** A collision, for who does not see it. */
export function wordsOf(
  { time, barrier, before, after }: BarrierCollision,
  { cells, temperatures }: Billiards,
): string {
  const nameOf = (cell: number) => {
    if (!temperatures) return `cell ${cell + 1}`;
    return cell === 0 ? "the left bath" : cell > cells ? "the right bath" : `cell ${cell}`;
  };
  const pair = (energies: readonly number[]) => energies.map((e) => show(e, 3)).join(" and ");
  return (
    `At t = ${show(time)} a disk of ${nameOf(barrier)} met one of ${nameOf(barrier + 1)}: ` +
    `their energies ${pair(before)} became ${pair(after)}.`
  );
}

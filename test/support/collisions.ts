/** Collisions of the engine, drawn one by one, against the quadrature of disks.ts. */
import { chain, probe } from "./moments.ts";
import { numbersAt, placeModel } from "./probe.ts";
import { collisionMoments, type Side } from "./disks.ts";

export const KINDS = ["cells", "left bath", "right bath"] as const;

/**
 * z of the rate of collisions, and of E[M J] and E[(M J)²] in one. The engine may be given another number of particles.
 */
export function collisionZ(
  {
    kind,
    particles,
    byDirect,
    draws,
  }: { kind: (typeof KINDS)[number]; particles: number; byDirect: boolean; draws: number },
  engineParticles = particles,
): number[] {
  const [a, b] = [1.3, 0.7];
  const bond = kind === "cells" ? 1 : kind === "left bath" ? 0 : 2;
  const temperatures: [number, number] = bond === 0 ? [a, 1] : bond === 1 ? [1, 1] : [1, b];
  const initial = bond === 0 ? [b, 1] : bond === 1 ? [a, b] : [1, a];
  placeModel(
    probe,
    chain({
      cells: 2,
      particles: engineParticles,
      temperatures,
      initial,
      exchange: "kinetic",
      rate: "sqrt-sum",
      bath: "thermal",
    }),
    3n,
  );
  const [count, ...sums] = numbersAt(probe, probe.collisionSums(bond, draws, byDirect), 5);
  const side = (energy: number, isBath: boolean): Side => ({ particles, energy, isBath });
  const { rate, moments } = collisionMoments(side(a, bond === 0), side(b, bond === 2));
  const p =
    rate / (candidates(particles, bond === 0) * Math.sqrt(a) + candidates(particles, bond === 2) * Math.sqrt(b));
  const [first, second, , fourth] = sums.map((sum) => sum / count);
  return [
    (count / draws - p) / Math.sqrt((p * (1 - p)) / draws),
    (first - moments[1]) / Math.sqrt((second - first * first) / count),
    (second - moments[2]) / Math.sqrt((fourth - second * second) / count),
  ];
}

/** 2√π E[x_+]/√E: by the components of a side that faces one at rest. */
function candidates(particles: number, isBath: boolean): number {
  return collisionMoments({ particles, energy: 1, isBath }, { particles: 1, energy: 0, isBath: true }).rate;
}

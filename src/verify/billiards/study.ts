/** All that the verification simulates, in its order. */
import { defineBilliards, type Billiards } from "../../billiards/table.ts";
import { relaxationOf, conductionOf, conductionOfTwin, constantOf, twinsOf, usualRate, type Chain } from "./chains.ts";
import type { BilliardsEffort, ChainEffort } from "./effort.ts";
import { meanRate } from "../../theory/billiards/rate.ts";
import type { BilliardsSettled } from "./options.ts";
import { Runs } from "./runs.ts";
import { TOTAL, type Constant, type TwoCells } from "./twoCells.ts";

/** Everything that was measured. */
export interface Findings {
  /** Tables of two cells with R = 1, by M. */
  readonly tables: readonly TwoCells[];
  /** The same cells with smaller disks, M = 2. */
  readonly smaller: readonly TwoCells[];
  readonly chains: readonly Chain[];
}

/** Replicas, and parts of each one's time: as many in all as the false-alarm rates ask for. */
const REPLICAS = 512;
/** Where collisions are rare, and a replica has to be long beside the waits for them. */
const RARE_REPLICAS = 64;
const RARE_PARTS = 8;
const CHAIN_REPLICAS = 32;
const CHAIN_BATCHES = 16;
/** In units of the time in which the slowest mode fades: what is left of the start is below e^-BURN_IN. */
const BURN_IN = 7;
/** Times at which replicas of a stochastic chain are looked at. */
const LOOKS = 33;
const TWIN_REPLICAS = 1024;
const TEMPERATURES = [1, 2] as const;

/** Nanoseconds of a core, roughly: a collision through a hole with all others before it, a sweep, an event of a twin. */
const collisionCost = (M: number, R: number) => (M < 5 ? 85 * M ** 1.5 : 160 * M) * R ** -3.7 * (M === 1 ? 150 : 450);
const sweepCost = (M: number) => 3000 * M ** 0.6;
const TWIN_COST = 60;

/** @param effort how much of it. */
export async function study(options: BilliardsSettled, effort: BilliardsEffort): Promise<Findings> {
  const twin = 2 * TWIN_COST * effort.twinEvents;
  const tableWork = effort.tables.map(({ particles: M, collisions, sweeps }) => ({
    contacts: sweeps * sweepCost(M),
    collisions: collisions * collisionCost(M, 1),
  }));
  const smallerWork = effort.smaller.map(({ radius, collisions }) => collisions * collisionCost(2, radius));
  const chainWork = effort.chains.map(({ particles: M, collisions }) => collisions * collisionCost(M, 1));
  const total = [
    ...tableWork.flatMap(({ contacts, collisions }) => [contacts, collisions]),
    ...smallerWork,
    ...chainWork.map((work) => work + twin),
  ].reduce((sum, work) => sum + work);
  const runs = new Runs(options, total);

  const tables: TwoCells[] = [];
  for (const [i, { particles, collisions, sweeps }] of effort.tables.entries()) {
    const table = defineBilliards({ cells: 2, particles, energy: TOTAL });
    const constant = await runs.contacts(`contacts, M = ${particles}`, tableWork[i].contacts, table, sweeps);
    tables.push(await twoCells(runs, tableWork[i].collisions, table, constant, collisions, REPLICAS, 1));
  }
  const smaller: TwoCells[] = [];
  for (const [i, { radius, collisions }] of effort.smaller.entries()) {
    const table = defineBilliards({ cells: 2, particles: 2, radius, energy: TOTAL });
    // Rare contacts are no use here: the waits are compared with their own mean.
    const constant = await runs.contacts(`contacts, R = ${radius}`, 0, table, 2 ** 12);
    const work = smallerWork[i];
    smaller.push(await twoCells(runs, work, table, constant, collisions, RARE_REPLICAS, RARE_PARTS));
  }
  const chains: Chain[] = [];
  for (const [i, chain] of effort.chains.entries()) {
    const { constant } = tables.find(({ table }) => table.particles === chain.particles)!;
    chains.push(await chainOf(runs, chainWork[i], twin, chain, constant, effort.twinEvents));
  }
  return { tables, smaller, chains };
}

async function twoCells(
  runs: Runs,
  work: number,
  table: Billiards,
  constant: Constant,
  collisions: number,
  replicas: number,
  parts: number,
): Promise<TwoCells> {
  const { particles, radius } = table;
  const time = collisions / (replicas * meanRate(constant.value, particles, TOTAL));
  const stage = `two cells, M = ${particles}${radius === 1 ? "" : `, R = ${radius}`}`;
  const { events, certificate } = await runs.billiards(stage, work, table, {
    ...{ replicas, time, batches: 1 },
    events: MOST_EVENTS,
  });
  return { table, constant, certificate, time, replicas, parts, first: certificate.firstReplica, events: events! };
}

/** All collisions through barriers are kept. */
const MOST_EVENTS = 2 ** 24;

async function chainOf(
  runs: Runs,
  work: number,
  twinWork: number,
  { cells, particles, collisions }: ChainEffort,
  ofTwoCells: Constant,
  twinEvents: number,
): Promise<Chain> {
  const table = defineBilliards({ cells, particles, temperatures: TEMPERATURES });
  const constant = constantOf(table, ofTwoCells);
  const rate = usualRate(table, constant.value);
  const burnIn = BURN_IN * relaxationOf(table, rate);
  const name = `${cells} cell${cells === 1 ? "" : "s"}, M = ${particles}`;
  const batches = CHAIN_REPLICAS * CHAIN_BATCHES;
  const result = await runs.billiards(`${name}: disks`, work, table, {
    ...{ replicas: CHAIN_REPLICAS, batches: CHAIN_BATCHES, burnIn },
    time: collisions / (CHAIN_REPLICAS * (cells + 1) * rate),
    events: MOST_EVENTS,
  });
  const span = twinEvents / (TWIN_REPLICAS * (cells + 1) * rate);
  const times = Array.from({ length: LOOKS }, (_, i) => burnIn + (span * i) / (LOOKS - 1));
  const twins = twinsOf(table, constant.value);
  const run = (kind: "kinetic" | "uniform", words: string) =>
    runs.chain(`${name}: ${words}`, twinWork / 2, twins[kind], { replicas: TWIN_REPLICAS, times });
  const kinetic = await run("kinetic", "its twin");
  const uniform = await run("uniform", "the paper's rule");
  return {
    table,
    constant,
    batches,
    collisions: result.events!.count,
    disks: conductionOf(result, burnIn),
    kinetic: conductionOfTwin(kinetic, cells),
    uniform: conductionOfTwin(uniform, cells),
    certificates: [result, kinetic, uniform].map(({ certificate }) => certificate),
  };
}

/** The results for people: tables on the terminal, and a chart. */
import { renderFigure } from "../dist/src/report/figure.node.js";
import { renderTable } from "../dist/src/report/plainText.js";
import { printMesoscopic } from "./mesoscopicReport.mjs";
import { SUITES } from "./suites.mjs";

/** Nanoseconds per event that the engine is meant to reach at M = 1e5. */
const GOAL = 14;

export function print({
  host,
  peers,
  suites,
  rates,
  setup,
  overhead,
  tiny,
  workers,
  browser,
  mesoscopic,
  billiards,
  rare,
  verdicts,
}) {
  const { cpu, node, engine, bytes, load } = host;
  console.log(`\n${cpu}, Node ${node}, engine ${engine.slice(0, 12)} of ${bytes} bytes, load ${load.join(" to ")}`);
  console.log("ns per event on one core; median, min and max over interleaved rounds\n");
  table(
    `The engine and others (M = 1e5); the goal is ${GOAL} ns`,
    ["N", "", "other", "engine", "ratio of a pair", "min", "max"],
    peers.pairs.map(({ cells, peer, nanoseconds, ratio }) => [
      cells,
      peer,
      nanoseconds.peer.median,
      nanoseconds.engine.median,
      ...range(ratio),
    ]),
  );
  for (const { peer, why } of peers.skipped) console.log(`skipped ${peer}: ${why}\n`);
  for (const [suite, { title }] of Object.entries(SUITES)) {
    const rows = suites[suite].map(({ name, nanoseconds, ratio }) => [name, ...range(nanoseconds), ratio]);
    table(title, ["", "ns/event", "min", "max", "to the cheapest"], rows);
  }
  table(
    "Rates of a model's own: ns per event, and the ratio of a pair",
    ["N", "M", "", "to", "of", "ratio", "min", "max"],
    rates.pairs.map(({ name, cells, particles, nanoseconds: [of, to], ratio }) => [
      ...[cells, particles, name, to, of],
      ...range(ratio),
    ]),
  );
  table(
    "From the text of a rate to its engine",
    ["", "ms", "min", "max"],
    Object.entries(rates.milliseconds).map(([name, found]) => [name, ...range(found)]),
  );
  table(
    "Set-up",
    ["", "", "median", "min", "max"],
    [
      ["an engine, in a fresh process", "ms", ...range(setup.milliseconds.load)],
      ["and its first replica", "ms", ...range(setup.milliseconds.firstReplica)],
      ...setup.replica.map(({ name, nanoseconds }) => [`a replica: ${name}`, "ns", ...range(nanoseconds)]),
    ],
  );
  table(
    "Ensemble (N = 10, M = 1e3, covariance at 50 times): ns per event, and what it takes more",
    ["", "replicas", "kernel", "simulate", "overhead", "min", "max"],
    overhead.map(({ end, replicas, nanoseconds: { kernel, ensemble }, overhead }) => [
      `t = ${end}`,
      replicas,
      kernel.median,
      ensemble.median,
      ...range(overhead),
    ]),
  );
  table(
    `Tiny replicas (N = ${tiny.cells}, M = ${tiny.particles}, ${tiny.eventsPerReplica.toFixed(0)} events each): ns per event, and the share of the kernel's speed`,
    ["replicas", "kernel, one long replica", "simulate", "speed", "min", "max"],
    [[tiny.replicas, tiny.nanoseconds.kernel.median, tiny.nanoseconds.ensemble.median, ...range(tiny.speed)]],
  );
  if (workers) {
    table(
      "Workers (N = 10, M = 1e4), over one thread",
      ["workers", "replicas", "speed-up", "min", "max"],
      [[workers.workers, workers.replicas, ...range(workers.speedup)]],
    );
  }
  if (browser.agent) {
    table(
      `Chromium ${browser.agent.match(/Chrome\/(\d+)/)[1]} beside Node (M = 1e5): ns per event, and its speed over Node's`,
      ["N", "Node", "Chromium", "speed", "min", "max"],
      browser.cases.map(({ cells, nanoseconds: { node, chromium }, speed }) => [
        cells,
        node.median,
        chromium.median,
        ...range(speed),
      ]),
    );
  }
  printMesoscopic(mesoscopic, table, range);
  printBilliards(billiards);
  table(
    "Rare events (N = 3, M = 100): ns per event, of a plain path and of a guided one with its weight",
    ["rate", "plain", "tilted", "ratio", "min", "max"],
    rare.map(({ rate, nanoseconds: { plain, tilted }, ratio }) => [rate, plain.median, tilted.median, ...range(ratio)]),
  );
  const words = new Map([
    [true, "met"],
    [false, "NOT met"],
    [null, "skipped"],
  ]);
  for (const { claim, met, measured } of verdicts) console.log(`${words.get(met).padEnd(7)}  ${claim}: ${measured}`);
}

function printBilliards({ why, cases }) {
  if (why) console.log(`skipped the billiards in C++: ${why}\n`);
  table(
    "Billiards (two cells, R = 1): ns per collision, and the engine's speed over that of the faster C++",
    ["M", "engine", "min", "max", "C++ as it rounds", "C++ fused", "speed", "min", "max"],
    cases.map(({ particles, nanoseconds: { engine, peers }, ratio }) => [
      particles,
      ...range(engine),
      ...(ratio ? [...peers.map(({ median }) => median), ...range(ratio)] : ["", "", "", "", ""]),
    ]),
  );
}

const range = ({ median, min, max }) => [median, min, max];

function table(title, columns, rows) {
  console.log(`${renderTable({ title, columns, rows })}\n`);
}

/** SVG: the cost of an event over N, the engine's line and the others' dots. */
export function chart({ host, peers, suites }) {
  const dots = (name, points) => ({
    name,
    kind: "dots",
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y.median),
    low: points.map(({ y }) => y.min),
    high: points.map(({ y }) => y.max),
  });
  const own = dots(
    "mesoflux",
    suites.cells.map(({ cells, nanoseconds }) => ({ x: cells, y: nanoseconds })),
  );
  const others = [...new Set(peers.pairs.map(({ peer }) => peer))].map((name) =>
    dots(
      name,
      peers.pairs
        .filter(({ peer }) => peer === name)
        .map(({ cells, nanoseconds }) => ({ x: cells, y: nanoseconds.peer })),
    ),
  );
  return renderFigure({
    name: "bench",
    title: "What an event costs on one core",
    caption: `M = 10⁵, sqrt-harmonic; medians of rounds, bars from min to max. ${host.cpu}, Node ${host.node}.`,
    x: { label: "cells N", log: true },
    y: { label: "nanoseconds per event", log: true },
    series: [own, { ...own, kind: "line" }, ...others],
    marks: [{ axis: "y", at: GOAL, label: `goal: ${GOAL} ns` }],
  });
}

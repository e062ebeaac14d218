/** A model that was edited: every entry treats it as `defineModel` does, or refuses it as `defineModel` does. */
import { describe, expect, test } from "vitest";
import * as bullmq from "../../src/bullmq/index.ts";
import * as mesoflux from "../../src/index.ts";
import * as store from "../../src/store/index.ts";
import { defineModel, InvalidInputError, replay, simulate, type Model } from "../../src/index.ts";
import { checkAnswer } from "./answers.ts";
import { edited } from "./edits.ts";
import { entries, simulationEntries, theoryEntries } from "./entries.ts";

/** What the package exports that takes no model. */
const WITHOUT_MODEL = ["configure", "defineModel", "verify.NAMES", "verify.standardChain", "store.FORMATS"];
/** It takes a run folder, which has a model from `RunFolder`; and the address of a queue. */
const BY_FOLDER = ["bullmq.computeOnQueue", "bullmq.work"];

test("no entry is forgotten", () => {
  const { theory, verify, ...others } = mesoflux;
  const functions = (prefix: string, module: object) =>
    Object.entries(module)
      .filter(([, value]) => typeof value === "function" && !(value.prototype instanceof Error))
      .map(([name]) => `${prefix}${name}`);
  const all = [
    ...functions("", others),
    ...functions("theory.", theory),
    ...functions("verify.", verify),
    ...functions("store: ", store),
    ...functions("bullmq.", bullmq),
  ];
  const covered = (name: string) => entries.some((entry) => entry.name.startsWith(name));
  expect(all.filter((name) => !covered(name) && ![...WITHOUT_MODEL, ...BY_FOLDER].includes(name))).toEqual([]);
  expect(all.length).toBeGreaterThan(35);
});

const model = defineModel({ cells: 4, particles: 1000, temperatures: [1, 2], initial: [1, 1, 1, 1] });

describe("edits that were trusted once are refused by every entry", () => {
  test.each([
    ["cells", { ...model, cells: 5 }],
    ["temperatures", { ...model, temperatures: [1, -2] as const }],
    ["particles", { ...model, particles: 0 }],
    ["energy", { ...model, initial: [1, NaN, 1, 1] }],
    ["three fields", { cells: 3 } as Model],
  ])("%s", async (_, edit) => {
    const message = messageOf(() => defineModel(edit));
    for (const { name, call } of entries) {
      const error: unknown = await Promise.resolve()
        .then(() => call(edit))
        .then(
          () => "nothing was thrown",
          (error: unknown) => error,
        );
      expect(error, name).toBeInstanceOf(InvalidInputError);
      expect((error as Error).message, name).toBe(message);
    }
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

test("a shorthand in an edited model is filled in: the same run", async () => {
  const run = { replicas: 3, times: [0.1] };
  const written = await simulate({ ...model, rate: "constant" }, run);
  const defined = await simulate(defineModel({ ...model, rate: "constant" }), run);
  expect(written.certificate).toEqual(defined.certificate);
  expect((await replay(written.certificate)).same).toBe(true);
});

test("a proxy of a model runs on workers, with the same bits", async () => {
  const run = { replicas: 8, times: [0.1], workers: 2 };
  const { certificate, ran } = await simulate(new Proxy({ ...model, rate: new Proxy(model.rate, {}) }, {}), run);
  expect(ran.threads).toBeGreaterThan(0);
  expect(certificate).toEqual((await simulate(model, run)).certificate);
});

test("a model is read when it is handed over: later edits have no influence", async () => {
  const mutable = { ...model, temperatures: [1, 2] as [number, number] };
  const times = [0.1];
  const running = simulate(mutable, { replicas: 3, times });
  mutable.temperatures[1] = -1;
  mutable.particles = 0;
  times[0] = 1e9;
  expect((await running).certificate).toEqual((await simulate(model, { replicas: 3, times: [0.1] })).certificate);
});

test("100 edited models into every simulation and prediction: an answer, or the error of defineModel", async () => {
  for (let n = 0; n < 100; n++) {
    for (const entry of [...simulationEntries, ...theoryEntries]) await checkAnswer(entry, edited(0, n));
  }
});

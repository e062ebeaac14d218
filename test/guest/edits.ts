/** Models as programs edit them: fields changed, removed, retyped, wrapped. From a seed. */
import { defineModel, RATE_LAWS, STARTS, BATHS, TIMESCALES, type ModelInput } from "../../src/index.ts";

/** Uniform numbers from 0 to 1 (Park and Miller's generator): enough for picking edits. */
export function uniforms(seed: number): () => number {
  let state = 1 + seed;
  return () => (state = (48271 * state) % 2147483647) / 2147483647;
}

export interface Edited {
  readonly model: ModelInput;
  /** What was done to it. */
  readonly how: string;
}

type Pick = <T>(of: readonly T[]) => T;

/** Values that no field has, and some that a field may have. */
const VALUES: readonly unknown[] = [
  ...[0, -1, 1, 2, 3, 5, 0.5, NaN, Infinity, -Infinity, 1e-61, 1e61, 1e-60, 1e60, -0],
  ...["", "1", "constant", "linear", "equilibrium", "fast", "sqrt", null, undefined, true, 5n],
  ...[[], [1], [1, 2], [1, -2], [1, 2, 3], [NaN, 1], ["1", "2"], {}, { law: "constant" }, { law: "sqrt-min", cap: 0 }],
  ...[new Float64Array([1, 2]), new Float32Array(3), new Date(0), new Map(), () => 1, Symbol("field")],
];

function someModel(pick: Pick): Record<string, unknown> {
  const cells = pick([1, 2, 3, 4, 6]);
  return {
    cells,
    particles: pick([1, 2, 10, 1000]),
    temperatures: pick([
      [1, 2],
      [2, 1],
      [1, 1],
      [1e-3, 1],
    ]),
    rate: pick<unknown>([...RATE_LAWS, { law: "sqrt-sum", scale: 2 }, { law: "sqrt-harmonic", cap: 3 }]),
    bath: pick(BATHS),
    initial: pick<unknown>([...STARTS, 1.5, Array.from({ length: cells }, (_, k) => 1 + k)]),
    timescale: pick(TIMESCALES),
  };
}

const FIELDS = ["cells", "particles", "temperatures", "rate", "bath", "initial", "timescale"];

const EDITS: Record<string, (model: Record<string, unknown>, pick: Pick) => unknown> = {
  "a field changed": (model, pick) => ({ ...model, [pick(FIELDS)]: pick(VALUES) }),
  "two fields changed": (model, pick) => ({ ...model, [pick(FIELDS)]: pick(VALUES), [pick(FIELDS)]: pick(VALUES) }),
  "a field removed": (model, pick) => {
    const gone = pick(FIELDS);
    return Object.fromEntries(Object.entries(model).filter(([field]) => field !== gone));
  },
  "a field of another model": (model, pick) => {
    const field = pick(FIELDS);
    return { ...model, [field]: (defineModel(someModel(pick) as never) as never)[field] };
  },
  "an entry changed": (model, pick) => {
    const [T_L, T_R] = model.temperatures as number[];
    const value = pick(VALUES);
    const rate = typeof model.rate === "object" ? { ...model.rate } : { law: model.rate };
    return pick([
      { ...model, temperatures: [T_L, value] },
      { ...model, temperatures: [value, T_R] },
      { ...model, rate: { ...rate, [pick(["law", "scale", "cap", "other"])]: value } },
      { ...model, initial: [value] },
      { ...model, initial: Array.from({ length: model.cells as number }, (_, k) => (k === 0 ? value : 1)) },
    ]);
  },
  "a field too many": (model, pick) => ({ ...model, [pick(["cell", "T", "__proto", "toJSON"])]: pick(VALUES) }),
  retyped: (model, pick) => pick<unknown>([null, 5, "model", [model], Object.entries(model), () => model]),
  "a copy": (model) => ({ ...model }),
  "through JSON": (model) => JSON.parse(JSON.stringify(model)) as unknown,
  "a proxy": (model) => new Proxy(model, {}),
  "a proxy all the way down": (model) => deepProxy(model),
  "an heir": (model) => Object.create(model) as unknown,
  "an object with a getter": (model, pick) => {
    const value = pick(VALUES);
    return Object.defineProperty({ ...model }, pick(FIELDS), { get: () => value, enumerable: true });
  },
  "an object with a getter that throws": (model, pick) =>
    Object.defineProperty({ ...model }, pick(FIELDS), {
      get() {
        throw new Error("planted");
      },
      enumerable: true,
    }),
};

/** As frameworks make state reactive: what is read of a proxy is a proxy. */
function deepProxy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, { get: (target, key) => deepProxy(Reflect.get(target, key) as object) });
}

/** The n-th edited model of a seed. */
export function edited(seed: number, n: number): Edited {
  const uniform = uniforms(7919 * n + seed);
  for (let i = 0; i < 5; i++) uniform();
  const pick: Pick = (of) => of[Math.floor(uniform() * of.length)];
  const how = pick(Object.keys(EDITS));
  const model = defineModel(someModel(pick) as never);
  return { model: EDITS[how](model as never, pick) as ModelInput, how };
}

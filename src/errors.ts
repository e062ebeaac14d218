/** All errors that mesoflux throws on purpose, and their common wording. */

/** The base class: `catch (error) { if (error instanceof MesofluxError) ... }`. */
export class MesofluxError extends Error {
  /** The name of the class. */
  override name = "MesofluxError";
}

/** One fault in an input. */
export interface Problem {
  /** Path of the faulty field, such as `temperatures[1]`. */
  readonly field: string;
  /** The values that are allowed. */
  readonly expected: string;
  /** The offending value as text. */
  readonly got: string;
  /** A line of the value with a caret under the fault, where the value is an expression. */
  readonly caret?: string;
}

/** Input that cannot be run. Lists every fault at once, each as `"field" expected X, got Y`. */
export class InvalidInputError extends MesofluxError {
  override name = "InvalidInputError";
  constructor(
    /** The faulty input: `model`, `options`, ... */
    readonly subject: string,
    /** Every fault, in the order of the fields. */
    readonly problems: readonly Problem[],
  ) {
    const lines = problems.map(
      ({ field, expected, got, caret }) => `  "${field}" expected ${expected}, got ${got}${indented(caret)}`,
    );
    super(`${subject} cannot be used:\n${lines.join("\n")}`);
  }
}

/** A rate that no simulation can go on with, the bond that has it, and the energies there. */
export interface RateFault {
  /** The bond, 0..N. */
  readonly bond: number;
  /** The energies at its ends, E_k and E_{k+1}. */
  readonly energies: readonly [number, number];
  /** Its rate there, before `scale`. */
  readonly rate: number;
  /** The bound that it is above because f has fallen somewhere; infinite where the rate itself is none. */
  readonly bound: number;
}

/**
 * A run has met a rate that no chain can have, or one above its bound, which holds for an f that does not fall as energies
 * rise: what was simulated has not the law of the model.
 */
export class RateBoundError extends MesofluxError {
  override name = "RateBoundError";
  constructor(
    /** The bond, energies and rates. */
    readonly fault: RateFault,
  ) {
    const { bond, energies, rate, bound } = fault;
    const where = `bond ${bond} with energies ${energies.join(" and ")}`;
    super(
      bound < Infinity
        ? `f(a, b) falls somewhere: ${where} has the rate ${rate}, above its bound ${bound}; write it so that it rises ` +
            'in both, or simulate with method "direct", which needs no bounds'
        : `"rate" expected one from 0 to 1e100 at all energies, got ${rate} on ${where}`,
    );
  }
}

/** The lines of a caret below a fault. */
export const indented = (caret: string | undefined) =>
  (caret ?? "").replace(/^(?=.)/gm, "    ").replace(/^(?=.)/, "\n");

/** The run needs more memory than can be had; thrown before the run starts. */
export class OutOfMemoryError extends MesofluxError {
  override name = "OutOfMemoryError";
  constructor(
    /** Bytes that were asked for. */
    readonly bytes: number,
    /** A remedy. */
    readonly advice: string,
  ) {
    super(`the run needs ${readableBytes(bytes)} (${bytes} bytes) of memory, which cannot be had; ${advice}`);
  }
}

/**
 * The run was aborted by its signal, whose reason is the `cause`. `partial` holds the replicas that were finished, or
 * undefined if none was: plain data, which can be posted, as `{ ...error }` can. Its name is that of the platform's own
 * errors of this kind.
 */
export class AbortedError<Partial = unknown> extends MesofluxError {
  override name = "AbortError";
  /** The place of the finished replicas, in words. */
  readonly kept: string;
  constructor(
    /** The result of the finished replicas, as if no others had been asked for; its certificate says which they are. */
    readonly partial: Partial | undefined,
    /** Replicas that were finished. */
    readonly finished: number,
    /** Replicas that were asked for. */
    readonly replicas: number,
    options: { readonly cause?: unknown; readonly kept?: string } = {},
  ) {
    const { kept = partial === undefined ? "nothing was finished" : "`partial` holds what was finished" } = options;
    super(`aborted after ${finished} of ${replicas} replicas; ${kept}`, options);
    this.kept = kept;
  }
}

/**
 * A replica of the mesoscopic equation (3.3) has left the cone of positive energies, where the equation has no meaning. It
 * does so with a probability that falls exponentially with M. `partial` holds the replicas before it, or undefined if none.
 */
export class LeftConeError<Partial = unknown> extends MesofluxError {
  override name = "LeftConeError";
  constructor(
    /** The number of the first replica that left. */
    readonly replica: number,
    /** Time of the step after which it was outside, on the model's timescale. */
    readonly time: number,
    /** An M at which this run would leave the cone with a probability of about 10^-6. */
    readonly safeParticles: number,
    /** The result of the finished replicas below that one. */
    readonly partial: Partial | undefined,
  ) {
    super(
      `replica ${replica} of the mesoscopic equation has an energy below zero at t = ${time}, where the equation has no ` +
        `meaning; take particles >= ${safeParticles}, or method "exact", or a smaller step if you have set one`,
    );
  }
}

/** Workers cannot be had, or crash whenever they run a certain chunk. */
export class WorkerError extends MesofluxError {
  override name = "WorkerError";
}

/** A run folder, or a file of one, that cannot be read, written or used. Finished chunks are not lost. */
export class StoreError extends MesofluxError {
  override name = "StoreError";
  constructor(
    /** The folder or the file. */
    readonly path: string,
    /** The fault and its reason. */
    readonly what: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${what}`, options);
  }
}

/** A chunk that cannot be run, for example by the workers of a queue after several attempts. */
export class ChunkError extends MesofluxError {
  override name = "ChunkError";
  constructor(
    /** The chunk: replicas first to first + 2^level - 1. */
    readonly chunk: {
      /** Number of its first replica. */
      readonly first: number;
      /** log2 of the number of its replicas. */
      readonly level: number;
    },
    /** The message of its last worker. */
    readonly reason: string,
  ) {
    super(`replicas ${chunk.first} to ${chunk.first + 2 ** chunk.level - 1} cannot be run: ${reason}`);
  }
}

/** Packages that only a part of mesoflux needs, and that are not installed. */
export class MissingPackageError extends MesofluxError {
  override name = "MissingPackageError";
  constructor(
    /** The part that needs them. */
    user: string,
    /** Their names at npm. */
    readonly packages: readonly string[],
  ) {
    super(`${user} needs packages that are not here: npm install ${packages.join(" ")}`);
  }
}

/** The chain has several equilibria, so that its equilibrium is not defined. */
export class SeveralEquilibriaError extends MesofluxError {
  override name = "SeveralEquilibriaError";
  constructor(
    /** The equilibria that were found. */
    readonly equilibria: readonly {
      /** E*_1..E*_N. */
      readonly energies: Float64Array;
      /** The energy that each bond carries from left to right per unit of fast time. */
      readonly flux: number;
    }[],
  ) {
    const lines = equilibria.map(({ energies, flux }) => `  flux ${flux} at energies ${describe(energies)}`);
    super(
      `the limit equation has ${equilibria.length} equilibria:\n${lines.join("\n")}\n` +
        "start near the one you mean, with its energies as `initial`",
    );
  }
}

/** The engine that was loaded is not the one this host was built for. */
export class EngineMismatchError extends MesofluxError {
  override name = "EngineMismatchError";
}

/** A value in short text: the "got Y" of an error. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value as ArrayLike<unknown>);
    const shown = items.slice(0, 6).map(describe);
    return `[${shown.join(", ")}${items.length > 6 ? `, ... ${items.length} in all` : ""}]`;
  }
  if (typeof value === "object" && value !== null)
    return `an object with keys ${Object.keys(value).join(", ") || "none"}`;
  return String(value);
}

function readableBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
  let scaled = bytes;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${unit === 0 ? scaled : scaled.toFixed(1)} ${units[unit]}`;
}

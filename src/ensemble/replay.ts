/** Runs a certificate again and compares the fingerprints. */
import * as z from "zod";
import { METHODS, MOMENTS, STREAM_VERSION } from "../kernel.ts";
import { defineModel, type ModelInput } from "../model.ts";
import { read } from "../validate.ts";
import { OUTSIDE_CONE, type SimulateOptions } from "./options.ts";
import type { Certificate } from "./result.ts";
import { simulate } from "./simulate.ts";
import { isStationary } from "./stationaryOptions.ts";

const common = {
  mesoflux: z.string({ error: "a version" }),
  stream: z.literal(STREAM_VERSION, {
    error: `stream version ${STREAM_VERSION}; install the mesoflux version that the certificate names`,
  }),
  wasm: z.string({ error: "a sha256" }),
  model: z.custom<ModelInput>((value) => typeof value === "object" && value !== null, "a model"),
  method: z.enum(METHODS, { error: `one of ${METHODS.join(", ")}` }),
  step: z.number({ error: "a time" }).optional(),
  outsideCone: z.enum(OUTSIDE_CONE, { error: `one of ${OUTSIDE_CONE.join(", ")}` }).optional(),
  seed: z.string({ error: "decimal digits" }).regex(/^\d+$/, { error: "decimal digits" }),
  firstReplica: z.number({ error: "a replica number" }),
  replicas: z.number({ error: "a number of replicas" }),
  result: z.string({ error: "a sha256" }),
};
const error = "a certificate as `simulate` gives it";

const ensembleSchema = z.object(
  {
    ...common,
    times: z.array(z.number({ error: "a time" }), { error: 'a list of times, or "stationary"' }),
    moments: z.enum(MOMENTS, { error: `one of ${MOMENTS.join(", ")}` }),
  },
  { error },
);

const time = z.number({ error: "a time" });
const steadyStateSchema = z.object(
  {
    ...common,
    times: z.literal("stationary"),
    stationary: z.object(
      { burnIn: time, looks: z.number({ error: "a number of looks" }), spacing: time },
      { error: "burnIn, looks and spacing" },
    ),
  },
  { error },
);

/** The fingerprint of a run, as certified and as found now. */
export interface Replay {
  readonly same: boolean;
  readonly certified: string;
  readonly found: string;
}

/**
 * Repeats the run of a certificate.
 * @throws InvalidInputError when it is not a certificate, or of another stream version; and what `simulate` throws.
 */
export async function replay(
  certificate: Certificate,
  options: Pick<SimulateOptions, "signal" | "onProgress"> = {},
): Promise<Replay> {
  const run = isStationary(certificate)
    ? read("certificate", steadyStateSchema, certificate)
    : read("certificate", ensembleSchema, certificate);
  const { model, method, step, outsideCone, seed, firstReplica, replicas } = run;
  const repeated = { method, step, outsideCone, seed: BigInt(seed), firstReplica, replicas, ...options };
  const found =
    run.times === "stationary"
      ? await simulate(defineModel(model), { ...repeated, times: run.times, stationary: run.stationary })
      : await simulate(defineModel(model), { ...repeated, times: run.times, moments: run.moments });
  const { result } = found.certificate;
  return { same: result === run.result, certified: run.result, found: result };
}

/** Runs a certificate again and compares the fingerprints. */
import * as z from "zod/mini";
import { loadKernel } from "../engine.ts";
import { integer, optional, read } from "../validate.ts";
import { replicaNumber, type SimulateOptions } from "./options.ts";
import type { Span } from "./plan.ts";
import { requestOf } from "./recipe.ts";
import type { Certificate } from "./result.ts";
import { runRequest } from "./simulate.ts";

/** The fingerprint of a run, as certified and as found now. */
export interface Replay {
  /** Whether the two are equal. */
  readonly same: boolean;
  /** sha256 of the result, as the certificate has it. */
  readonly certified: string;
  /** sha256 of the result of the run that was made now. */
  readonly found: string;
}

/** The first replica after a span. */
const endOf = ({ first, replicas }: Span) => first + replicas;

const error = "a certificate as `simulate` gives it";
const span = z.object({ first: replicaNumber, replicas: integer(1, Number.MAX_SAFE_INTEGER) }, { error: "a span" });
const schema = z.object(
  {
    result: z.string({ error: "a sha256" }),
    spans: optional(
      z.array(span, { error: "a list of spans" }).check(
        z.refine((spans) => spans.every(({ first }, i) => i === 0 || first > endOf(spans[i - 1])), {
          error: "spans one after the other",
        }),
      ),
    ),
  },
  { error },
);

/**
 * Repeats the run of a certificate.
 * @throws InvalidInputError when it is not a certificate, or of another stream version; and what `simulate` throws.
 */
export async function replay(
  certificate: Certificate,
  options: Pick<SimulateOptions, "workers" | "signal" | "onProgress"> = {},
): Promise<Replay> {
  const request = requestOf("certificate", certificate, error);
  const { result: certified, spans } = read("certificate", schema, certificate);
  const run = { ...request.options, ...options };
  const { certificate: found } = await runRequest(await loadKernel(), request.model, run, { spans });
  return { same: found.result === certified, certified, found: found.result };
}

/** The arrays of a result for NumPy, named as the fields of the API are, in snake case. */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { SteadyState } from "../../ensemble/reducers/steadyState.ts";
import type { Moments } from "../../kernel.ts";
import { allSamples, type Exportable, type SampleBatch } from "./exportable.ts";
import { doubles, integers, text, type NumpyArray } from "./npy.ts";

/** All arrays of a result, and the certificate as JSON in a scalar text. */
export function arraysOf({ model: { cells }, result, samples }: Exportable): NumpyArray[] {
  return [
    count("replicas", result.replicas),
    count("events", result.events),
    ...("times" in result ? ofEnsemble(cells, result, samples) : ofSteadyState(cells, result)),
    text("certificate", JSON.stringify(result.certificate)),
  ];
}

function ofEnsemble(N: number, result: Ensemble<Moments>, samples: Exportable["samples"]): NumpyArray[] {
  const T = result.times.length;
  return [
    ...whole("times", [T], result.times),
    ...whole("mean", [T, N], result.mean),
    ...whole("standard_error", [T, N], result.standardError),
    ...whole("variance", [T, N], result.variance),
    ...whole("covariance", [T, N, N], result.covariance),
    ...whole("current", [T, N + 1], result.transferred),
    ...whole("current_variance", [T, N + 1], result.transferredVariance),
    ...(samples ? ofSamples(() => allSamples(samples, result.replicas), result.replicas, T, N) : []),
  ];
}

function ofSamples(samples: () => Iterable<SampleBatch>, R: number, T: number, N: number): NumpyArray[] {
  // Recorded while the energies are written, which come first: the samples are read twice, not three times.
  const batches: { first: number; replicas: number }[] = [];
  return [
    doubles("samples", [R, T, N], function* () {
      for (const { first, replicas, energies } of samples()) {
        batches.push({ first, replicas });
        yield energies;
      }
    }),
    doubles("current_samples", [R, T, N + 1], function* () {
      for (const { transferred } of samples()) yield transferred;
    }),
    integers("replica_numbers", [R], function* () {
      for (const { first, replicas } of batches) {
        yield BigInt64Array.from({ length: replicas }, (_, r) => BigInt(first + r));
      }
    }),
  ];
}

function ofSteadyState(N: number, result: SteadyState): NumpyArray[] {
  const { plan, cumulants } = result;
  return [
    ...whole("mean", [N], result.mean),
    ...whole("standard_error", [N], result.standardError),
    ...whole("effective_samples", [N], result.effectiveSamples),
    ...whole("covariance", [N, N], result.covariance),
    ...whole("covariance_error", [N, N], result.covarianceError),
    scalar("current", result.current),
    scalar("current_error", result.currentError),
    ...whole("bond_current", [N + 1], result.bondCurrent),
    ...whole("bond_current_error", [N + 1], result.bondCurrentError),
    scalar("conductivity", result.conductivity),
    scalar("conductivity_error", result.conductivityError),
    ...whole("cumulants", [cumulants.length], cumulants),
    ...whole("cumulant_error", [cumulants.length], result.cumulantError),
    scalar("burn_in", plan.burnIn),
    count("looks", plan.looks),
    scalar("spacing", plan.spacing),
    scalar("window", plan.window),
  ];
}

/** An array of the result, or none where the run did not keep it. */
function whole(name: string, shape: readonly number[], values: Float64Array | undefined): NumpyArray[] {
  return values ? [doubles(name, shape, () => [values])] : [];
}

function scalar(name: string, value: number): NumpyArray {
  return doubles(name, [], () => [Float64Array.of(value)]);
}

function count(name: string, value: number): NumpyArray {
  return integers(name, [], () => [BigInt64Array.of(BigInt(value))]);
}

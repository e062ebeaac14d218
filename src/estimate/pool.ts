/**
 * Batches of replicas pooled: expectations and their standard errors from the scatter of independent batches. A batch of
 * n_b replicas has a mean y_b of variance σ²/n_b, so that over B batches of R replicas
 *
 *   y = Σ n_b y_b / R,   Var y = Σ n_b (y_b - y)² / ((B - 1) R).
 */

/** Means over one batch at one time, or of all: energies' displacement N, second moments N×N about 0, carried N+1. */
export interface Batch {
  readonly replicas: number;
  readonly mean: Float64Array;
  readonly second: Float64Array;
  readonly current: Float64Array;
}

/** One quantity of each kind at T times, or an error or a ratio for each entry of one. */
export interface Quantities {
  /** T×N: mean of E_k. */
  readonly mean: Float64Array;
  /** T×N×N: covariance of the energies. */
  readonly covariance: Float64Array;
  /** T×(N+1): mean energy carried from cell k to k+1 since time 0; cells 0 and N+1 are the baths. */
  readonly current: Float64Array;
}

/** What `pool` returns, at one time. */
export interface Pooled {
  readonly estimate: Quantities;
  readonly standardError: Quantities;
}

/**
 * The covariance is the mean of x x^T less m m^T, with the scatter of m itself taken out; its error is that of
 * x_i x_j - m_i x_j - m_j x_i, to which it is equal to first order. With one batch errors are NaN.
 */
export function pool(batches: readonly Batch[]): Pooled {
  const mean = average(batches, ({ mean }) => mean);
  const second = average(batches, ({ second }) => second);
  const current = average(batches, ({ current }) => current);
  const N = mean.length;
  const centred = batches.map(({ replicas, mean: m, second: P }) => ({
    replicas,
    values: P.map((p, at) => {
      const [i, j] = [Math.floor(at / N), at % N];
      return p - mean[i] * m[j] - mean[j] * m[i];
    }),
  }));
  const scatter = scatterOf(batches, mean);
  return {
    estimate: {
      mean,
      covariance: second.map((p, at) => p - mean[Math.floor(at / N)] * mean[at % N] + scatter[at]),
      current,
    },
    standardError: {
      mean: errors(batches.map(({ replicas, mean }) => ({ replicas, values: mean }))),
      covariance: errors(centred),
      current: errors(batches.map(({ replicas, current }) => ({ replicas, values: current }))),
    },
  };
}

function average(batches: readonly Batch[], pick: (batch: Batch) => Float64Array): Float64Array {
  const sum = pick(batches[0]).map(() => 0);
  let replicas = 0;
  for (const batch of batches) {
    pick(batch).forEach((value, i) => (sum[i] += batch.replicas * value));
    replicas += batch.replicas;
  }
  return sum.map((value) => value / replicas);
}

/** The covariance of the mean itself, N×N; 0 where one batch shows none. */
function scatterOf(batches: readonly Batch[], mean: Float64Array): Float64Array {
  const N = mean.length;
  const result = new Float64Array(N * N);
  if (batches.length < 2) return result;
  const replicas = batches.reduce((sum, batch) => sum + batch.replicas, 0);
  for (const batch of batches) {
    const weight = batch.replicas / ((batches.length - 1) * replicas);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        result[i * N + j] += weight * (batch.mean[i] - mean[i]) * (batch.mean[j] - mean[j]);
      }
    }
  }
  return result;
}

function errors(batches: readonly { readonly replicas: number; readonly values: Float64Array }[]): Float64Array {
  const replicas = batches.reduce((sum, batch) => sum + batch.replicas, 0);
  const mean = batches[0].values.map(() => 0);
  for (const { replicas: n, values } of batches) values.forEach((value, i) => (mean[i] += (n * value) / replicas));
  const squares = mean.map(() => 0);
  for (const { replicas: n, values } of batches) {
    values.forEach((value, i) => (squares[i] += n * (value - mean[i]) * (value - mean[i])));
  }
  return squares.map((square) => Math.sqrt(square / ((batches.length - 1) * replicas)));
}

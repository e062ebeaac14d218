/**
 * Estimates pooled from batches of replicas, with standard errors from the scatter of the batches, which are independent.
 * A batch of n_b replicas has a mean y_b of variance σ²/n_b, so that over B batches of R replicas
 *
 *   y = Σ n_b y_b / R,   Var y = Σ n_b (y_b - y)² / ((B - 1) R).
 */

/** Means over a batch at one time: energies less Θ̄ (N), their products (N×N), transferred energies less those along Θ̄ (N+1). */
export interface BatchMeans {
  readonly replicas: number;
  readonly mean: Float64Array;
  readonly second: Float64Array;
  readonly transferred: Float64Array;
}

/** One quantity of each kind at T times, or an error or a ratio for each entry of one. */
export interface Estimates {
  /** T×N: mean of E_k. */
  readonly mean: Float64Array;
  /** T×N×N: covariance of the energies. */
  readonly covariance: Float64Array;
  /** T×(N+1): mean energy transferred from cell k to k+1 since time 0; cells 0 and N+1 are the baths. */
  readonly transferred: Float64Array;
}

/**
 * The estimates at one time and their errors. The covariance is the mean of x x^T less m m^T, corrected for the variance of
 * m itself; its error is that of x_i x_j - m_i x_j - m_j x_i, to which it is equal to first order. With one batch errors
 * are NaN.
 */
export function pool(batches: readonly BatchMeans[]): { estimate: Estimates; standardError: Estimates } {
  const mean = average(batches, ({ mean }) => mean);
  const second = average(batches, ({ second }) => second);
  const transferred = average(batches, ({ transferred }) => transferred);
  const N = mean.length;
  const centred = batches.map(({ mean: m, second: P }) =>
    P.map((p, at) => {
      const [i, j] = [Math.floor(at / N), at % N];
      return p - mean[i] * m[j] - mean[j] * m[i];
    }),
  );
  const ofMean = covarianceOfMean(batches, mean);
  return {
    estimate: {
      mean,
      covariance: second.map((p, at) => p - mean[Math.floor(at / N)] * mean[at % N] + ofMean[at]),
      transferred,
    },
    standardError: {
      mean: standardErrors(batches, ({ mean }) => mean),
      covariance: standardErrors(batches, (_, b) => centred[b]),
      transferred: standardErrors(batches, ({ transferred }) => transferred),
    },
  };
}

const replicasOf = (batches: readonly BatchMeans[]) => batches.reduce((sum, { replicas }) => sum + replicas, 0);

function average(batches: readonly BatchMeans[], pick: (batch: BatchMeans) => Float64Array): Float64Array {
  const sum = new Float64Array(pick(batches[0]).length);
  for (const batch of batches) pick(batch).forEach((value, i) => (sum[i] += batch.replicas * value));
  const replicas = replicasOf(batches);
  return sum.map((value) => value / replicas);
}

/** N×N; 0 with one batch, which shows none. */
function covarianceOfMean(batches: readonly BatchMeans[], mean: Float64Array): Float64Array {
  const N = mean.length;
  const result = new Float64Array(N * N);
  if (batches.length < 2) return result;
  const replicas = replicasOf(batches);
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

function standardErrors(
  batches: readonly BatchMeans[],
  pick: (batch: BatchMeans, b: number) => Float64Array,
): Float64Array {
  const values = batches.map(pick);
  const replicas = replicasOf(batches);
  const mean = new Float64Array(values[0].length);
  const squares = new Float64Array(mean.length);
  batches.forEach(({ replicas: n }, b) => {
    for (let i = 0; i < mean.length; i++) mean[i] += (n * values[b][i]) / replicas;
  });
  batches.forEach(({ replicas: n }, b) => {
    for (let i = 0; i < mean.length; i++) squares[i] += n * (values[b][i] - mean[i]) * (values[b][i] - mean[i]);
  });
  return squares.map((square) => Math.sqrt(square / ((batches.length - 1) * replicas)));
}

/**
 * The theory (THEORY 3 to 8) once more from f alone, in the plainest way: derivatives of interpolating polynomials, full
 * tensors, linear systems by elimination. It shares no code with src/theory.
 */

export interface Chain {
  readonly cells: number;
  readonly temperatures: readonly [number, number];
  /** The rate of bond k. */
  readonly f: (k: number, a: number, b: number) => number;
  /** True if f is smooth on either side of a = b alone. */
  readonly hasKink: boolean;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** E_0..E_{N+1}. */
const ends = ({ temperatures: [T_L, T_R] }: Chain, energies: ArrayLike<number>) => [T_L, ...Array.from(energies), T_R];

export function driftOf(chain: Chain, energies: ArrayLike<number>): number[] {
  const E = ends(chain, energies);
  const flux = range(chain.cells + 1).map((k) => (chain.f(k, E[k], E[k + 1]) * (E[k] - E[k + 1])) / 2);
  return range(chain.cells).map((i) => flux[i] - flux[i + 1]);
}

/** Chebyshev's points on [-1, 1], and what makes the derivatives of order 0 to 3 at 0 of values there. */
const POINTS = 20;
const PLACES = range(POINTS).map((j) => Math.cos(((2 * j + 1) * Math.PI) / (2 * POINTS)));
const WEIGHTS = range(4).map((order) => {
  // T_k^(m)(0) from T_{k+1}^(m) = 2m T_k^(m-1) - T_{k-1}^(m) there.
  const atZero = [[1, 0, 0, 0]];
  for (let k = 0; k + 1 < POINTS; k++) {
    const before = k === 0 ? undefined : atZero[k - 1];
    atZero.push(
      range(4).map((m) => {
        const slope = m === 0 ? 0 : m * atZero[k][m - 1];
        return before ? 2 * slope - before[m] : slope;
      }),
    );
  }
  return PLACES.map((_, j) => {
    const angle = ((2 * j + 1) * Math.PI) / (2 * POINTS);
    return range(POINTS).reduce((sum, k) => {
      return sum + ((k === 0 ? 1 : 2) / POINTS) * Math.cos(k * angle) * atZero[k][order];
    }, 0);
  });
});

/** A function's derivatives of order i in x and j in y, i + j <= 3. */
type Table = readonly (readonly number[])[];

/** Derivatives of φ and of V², with the paper's bath, of bond k. */
export function bondDerivatives({ cells, f, hasKink }: Chain, k: number, x: number, y: number) {
  const most = hasKink ? 0.45 * Math.abs(x - y) : Infinity;
  const [rx, ry] = [Math.min(0.4 * x, most), Math.min(0.4 * y, most)];
  const [left, right] = [k === 0 ? 4 : 2, k === cells ? 4 : 2];
  const flux = range(4).map(() => new Array<number>(4).fill(0));
  const noise = range(4).map(() => new Array<number>(4).fill(0));
  PLACES.forEach((place, p) => {
    const a = x + rx * place;
    const along = range(4).map(() => [0, 0]);
    PLACES.forEach((other, q) => {
      const b = y + ry * other;
      const rate = f(k, a, b);
      const values = [(rate * (a - b)) / 2, (rate * (left * a * a - a * b + right * b * b)) / 3];
      for (let j = 0; j < 4; j++) for (const of of [0, 1]) along[j][of] += WEIGHTS[j][q] * values[of];
    });
    for (let i = 0; i < 4; i++) {
      for (let j = 0; i + j < 4; j++) {
        flux[i][j] += WEIGHTS[i][p] * along[j][0];
        noise[i][j] += WEIGHTS[i][p] * along[j][1];
      }
    }
  });
  const scaled = (table: number[][]): Table => table.map((row, i) => row.map((d, j) => d / rx ** i / ry ** j));
  return { flux: scaled(flux), noise: scaled(noise) };
}

/** Tensors with N entries along each index, row by row. */
function tensorsOf(chain: Chain, energies: ArrayLike<number>) {
  const N = chain.cells;
  const E = ends(chain, energies);
  const zeros = (indices: number) => new Float64Array(N ** indices);
  const F = [zeros(1), zeros(2), zeros(3), zeros(4)];
  const Q = [zeros(2), zeros(3), zeros(4)];
  /** f t_3 v v v, and f (c x² + c' y²)/3 v v. */
  const [skew, deficit] = [zeros(3), zeros(2)];
  const at = (...indices: number[]) => indices.reduce((sum, i) => sum * N + i, 0);
  for (let k = 0; k <= N; k++) {
    const { flux, noise } = bondDerivatives(chain, k, E[k], E[k + 1]);
    const [a, b] = [E[k], E[k + 1]];
    const rate = chain.f(k, a, b);
    // The cells on the ends, v of each, and how often a derivative is taken in x and in y.
    const cells = [
      { i: k - 1, v: -1, x: 1 },
      { i: k, v: 1, x: 0 },
    ].filter(({ i }) => i >= 0 && i < N);
    const [s3, s2, u2, u3] = [k === 0 ? 36 : 6, k === 0 ? 4 : 2, k === N ? 4 : 2, k === N ? 36 : 6];
    const third = (s3 * a * a * a - s2 * a * a * b + u2 * a * b * b - u3 * b * b * b) / 4;
    for (const { i, v } of cells) {
      F[0][i] += v * flux[0][0];
      for (const p of cells) {
        F[1][at(i, p.i)] += v * flux[p.x][1 - p.x];
        Q[0][at(i, p.i)] += v * p.v * noise[0][0];
        deficit[at(i, p.i)] += (v * p.v * rate * ((k === 0 ? 4 : 2) * a * a + (k === N ? 4 : 2) * b * b)) / 3;
        for (const q of cells) {
          const x = p.x + q.x;
          F[2][at(i, p.i, q.i)] += v * flux[x][2 - x];
          Q[1][at(i, p.i, q.i)] += v * p.v * noise[q.x][1 - q.x];
          skew[at(i, p.i, q.i)] += v * p.v * q.v * rate * third;
          for (const r of cells) {
            F[3][at(i, p.i, q.i, r.i)] += v * flux[x + r.x][3 - x - r.x];
            const y = q.x + r.x;
            Q[2][at(i, p.i, q.i, r.i)] += v * p.v * noise[y][2 - y];
          }
        }
      }
    }
  }
  return { N, F, Q, skew, deficit };
}

export interface CumulantsAt {
  readonly limit: Float64Array;
  readonly covariance: Float64Array;
  readonly m1: Float64Array;
  readonly K3: Float64Array;
  readonly C1: Float64Array;
  /** Φ(time, 0). */
  readonly propagator: Float64Array;
}

/** Every cumulant at one time from the deterministic start (THEORY 5, 6). */
export function cumulantsOf(chain: Chain, start: readonly number[], time: number): CumulantsAt {
  const N = chain.cells;
  const sizes = [N, N * N, N, N ** 3, N * N, N * N];
  const from = sizes.map((_, i) => sizes.slice(0, i).reduce((x, y) => x + y, 0));
  const part = (state: Float64Array, i: number) => state.subarray(from[i], from[i] + sizes[i]);

  function derivative(state: Float64Array): Float64Array {
    const [E, C, m1, K3, C1, Phi] = sizes.map((_, i) => part(state, i));
    const { F, Q, skew, deficit } = tensorsOf(chain, E);
    const slope = new Float64Array(state.length);
    const [dE, dC, dm1, dK3, dC1, dPhi] = sizes.map((_, i) => part(slope, i));
    dE.set(F[0]);
    const all = range(N);
    for (const i of all) {
      for (const a of all) {
        const Fia = F[1][i * N + a];
        dm1[i] += Fia * m1[a];
        for (const b of all) dm1[i] += (F[2][(i * N + a) * N + b] * C[a * N + b]) / 2;
        for (const j of all) {
          dPhi[i * N + j] += Fia * Phi[a * N + j];
          for (const [to, X] of [[dC, C] as const, [dC1, C1] as const]) {
            to[i * N + j] += Fia * X[a * N + j];
            to[j * N + i] += Fia * X[a * N + j];
          }
        }
      }
      for (const j of all) {
        const ij = i * N + j;
        dC[ij] += Q[0][ij];
        dC1[ij] -= deficit[ij];
        for (const a of all) {
          dC1[ij] += Q[1][ij * N + a] * m1[a];
          for (const b of all) dC1[ij] += (Q[2][(ij * N + a) * N + b] * C[a * N + b]) / 2;
          for (const b of all) {
            let bent = (F[2][(i * N + a) * N + b] * K3[(a * N + b) * N + j]) / 2;
            bent += F[2][(i * N + a) * N + b] * m1[a] * C[b * N + j];
            for (const c of all) bent += (F[3][((i * N + a) * N + b) * N + c] * C[a * N + b] * C[c * N + j]) / 2;
            dC1[ij] += bent;
            dC1[j * N + i] += bent;
          }
        }
        for (const l of all) {
          dK3[ij * N + l] += skew[ij * N + l];
          for (const [x, y, z] of [
            [i, j, l],
            [j, i, l],
            [l, i, j],
          ]) {
            let sum = 0;
            for (const a of all) {
              sum += F[1][x * N + a] * K3[(a * N + y) * N + z];
              sum += Q[1][(y * N + z) * N + a] * C[a * N + x];
              for (const b of all) sum += F[2][(x * N + a) * N + b] * C[a * N + y] * C[b * N + z];
            }
            dK3[ij * N + l] += sum;
          }
        }
      }
    }
    return slope;
  }

  const initial = new Float64Array(from[5] + sizes[5]);
  initial.set(start);
  for (let i = 0; i < N; i++) initial[from[5] + i * N + i] = 1;
  const state = extrapolated(derivative, initial, time);
  const [limit, covariance, m1, K3, C1, propagator] = sizes.map((_, i) => part(state, i));
  return { limit, covariance, m1, K3, C1, propagator };
}

/** Runge and Kutta's method with three numbers of steps, its errors of order h⁴ and h⁵ extrapolated away. */
function extrapolated(g: (y: Float64Array) => Float64Array, start: Float64Array, time: number): Float64Array {
  const along = (y: Float64Array, h: number, slope: Float64Array) => y.map((value, i) => value + h * slope[i]);
  const solved = (steps: number) => {
    const h = time / steps;
    let y = start;
    for (let step = 0; step < steps; step++) {
      const k1 = g(y);
      const k2 = g(along(y, h / 2, k1));
      const k3 = g(along(y, h / 2, k2));
      const k4 = g(along(y, h, k3));
      y = y.map((value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    }
    return y;
  };
  const improved = (coarse: Float64Array, fine: Float64Array, factor: number) =>
    fine.map((value, i) => value + (value - coarse[i]) / (factor - 1));
  const [coarse, middle, fine] = [1, 2, 4].map((factor) => solved(16 * factor));
  return improved(improved(coarse, middle, 16), improved(middle, fine, 16), 32);
}

/** x of A x = b, A row by row, by elimination with the largest pivot. */
function solve(A: readonly number[][], b: readonly number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let i = 0; i < n; i++) {
    const pivot = range(n)
      .slice(i)
      .reduce((best, r) => (Math.abs(rows[r][i]) > Math.abs(rows[best][i]) ? r : best), i);
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = rows[r][i] / rows[i][i];
      for (let c = i; c <= n; c++) rows[r][c] -= factor * rows[i][c];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/** E* and the current j, by Newton's method from the straight line. */
export function equilibriumOf(chain: Chain) {
  const N = chain.cells;
  const [T_L, T_R] = chain.temperatures;
  let E = range(N).map((i) => T_L + ((T_R - T_L) * (i + 1)) / (N + 1));
  for (let step = 0; step < 60; step++) {
    const F = driftOf(chain, E);
    const columns = E.map((_, j) => {
      const h = 1e-6 * E[j];
      const [up, down] = [h, -h].map((d) =>
        driftOf(
          chain,
          E.map((value, i) => (i === j ? value + d : value)),
        ),
      );
      return up.map((value, i) => (value - down[i]) / (2 * h));
    });
    const step = solve(
      range(N).map((i) => range(N).map((j) => columns[j][i])),
      F,
    );
    E = E.map((value, i) => value - step[i]);
  }
  const current = (chain.f(0, T_L, E[0]) * (T_L - E[0])) / 2;
  return { energies: E, flux: current, conductivity: ((N + 1) * current) / (T_L - T_R) };
}

/**
 * lim M Var(Q)/t of bond 0: with dx = J x dt + H dW the integral of x is -J^-1 H W in the long run, so that Q, the integral of
 * φ_2 x_1 dt + V_0 dW_0, has the variance |V_0 e_0 - φ_2 (J^-1 H)_1|² t.
 */
function currentVarianceOf(chain: Chain, energies: readonly number[], J: readonly number[][]): number {
  const N = chain.cells;
  const E = ends(chain, energies);
  const bonds = range(N + 1).map((k) => bondDerivatives(chain, k, E[k], E[k + 1]));
  return bonds.reduce((sum, { noise }, k) => {
    const V = Math.sqrt(noise[0][0]);
    const column = range(N).map((i) => (i === k - 1 ? -V : i === k ? V : 0));
    const carried = (k === 0 ? V : 0) - bonds[0].flux[0][1] * solve(J, column)[0];
    return sum + carried * carried;
  }, 0);
}

/** S, m1, j1 and more at E*: the entropy production of the fluctuations, and how currents vary (THEORY 8.1, 8.2, 8.6). */
export function stationaryOf(chain: Chain) {
  const { energies } = equilibriumOf(chain);
  const { N, F, Q } = tensorsOf(chain, energies);
  const J = F[1];
  const all = range(N);
  const delta = (i: number, j: number) => (i === j ? 1 : 0);
  const S = solve(
    range(N * N).map((row) => {
      const [i, j] = [Math.floor(row / N), row % N];
      return range(N * N).map((column) => {
        const [a, b] = [Math.floor(column / N), column % N];
        return J[i * N + a] * delta(j, b) + J[j * N + b] * delta(i, a);
      });
    }),
    Array.from(Q[0], (noise) => -noise),
  );
  const bend = all.map((i) =>
    all.reduce((sum, a) => sum + all.reduce((s, b) => s + (F[2][(i * N + a) * N + b] * S[a * N + b]) / 2, 0), 0),
  );
  const matrix = all.map((i) => all.map((a) => J[i * N + a]));
  const mean = solve(
    matrix,
    bend.map((x) => -x),
  );
  // Bond 0 carries into cell 1 alone.
  const { flux } = bondDerivatives(chain, 0, chain.temperatures[0], energies[0]);
  const current = flux[0][1] * mean[0] + (flux[0][2] * S[0]) / 2;
  const JS = (i: number, j: number) => all.reduce((sum, a) => sum + J[i * N + a] * S[a * N + j], 0);
  const JSJ = all.map((i) => all.map((j) => all.reduce((sum, b) => sum + JS(i, b) * J[j * N + b], 0)));
  const D = all.map((i) => all.map((j) => Q[0][i * N + j] / 2));
  const entropy = all.reduce(
    (sum, j) =>
      sum +
      solve(
        D,
        JSJ.map((row) => row[j]),
      )[j] +
      J[j * N + j],
    0,
  );
  return { covariance: S, mean, current, entropy, currentVariance: currentVarianceOf(chain, energies, matrix) };
}

/**
 * What an exchange moves, beyond its mean, as M grows (THEORY 2.1, 6). With γ_n a^n = lim M^n E[X^n] and γ'_n b^n that of
 * Y for the two packets of J = (1-p)X - pY, and δ = lim M (γ_2 - M² E[X²]/a²), δ' likewise:
 *
 *   lim M² E[J²] = (γ_2 a² - ab + γ'_2 b²)/3
 *   lim M³ E[J³] = (γ_3 a³ - γ_2 a² b + γ'_2 a b² - γ'_3 b³)/4
 *   lim M (lim M² E[J²] - M² E[J²]) = (δ a² + δ' b²)/3
 *
 * A packet that is a share B of some energy has δ = γ_2, because M² E[B²] = 2M/(M+1) = 2 - 2/M + ..; the "thermal" bath's
 * packet is T ξ/M, and has δ = 0.
 */
import type { Model } from "../model.ts";
import { combine, type Jet, multiply } from "./jet.ts";
import { packetMomentsOf } from "./packetMoments.ts";

/** The three limits above as functions of bond k = 0..N and the energies a, b at its ends. */
export interface ExchangeLimits {
  /** lim M² E[J²], with its derivatives. */
  readonly second: (k: number, a: Jet, b: Jet) => Jet;
  /** lim M³ E[J³]. */
  readonly third: (k: number, a: number, b: number) => number;
  /** lim M (lim M² E[J²] - M² E[J²]). */
  readonly deficit: (k: number, a: number, b: number) => number;
}

export function exchangeLimitsOf({ cells: N, bath }: Model): ExchangeLimits {
  const { cell: ofCell, bath: ofBath } = packetMomentsOf(bath, Infinity);
  const left = (k: number) => (k === 0 ? ofBath : ofCell);
  const right = (k: number) => (k === N ? ofBath : ofCell);
  const deficitOf = (packet: readonly number[]) => (packet === ofBath && bath === "thermal" ? 0 : packet[2]);
  return {
    second: (k, a, b) => {
      const squares = combine(left(k)[2] / 3, multiply(a, a), right(k)[2] / 3, multiply(b, b));
      return combine(1, squares, -1 / 3, multiply(a, b));
    },
    third: (k, a, b) => {
      const [X, Y] = [left(k), right(k)];
      return (X[3] * a * a * a - X[2] * a * a * b + Y[2] * a * b * b - Y[3] * b * b * b) / 4;
    },
    deficit: (k, a, b) => (deficitOf(left(k)) * a * a + deficitOf(right(k)) * b * b) / 3,
  };
}
